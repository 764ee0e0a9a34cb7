package jasyncio.greenlet;

/** Tracers: see {@code cases/tracing.py}. */
final class Tracing {
    private Tracing() {}

    private static Tracer failing(Journal t) {
        return (event, origin, target) -> {
            t.trace(event, origin, target);
            throw new Failed("tracer");
        };
    }

    static void switchesAreTraced(Journal t) {
        t.of("a", () -> {
            t.log("a runs");
            t.main.switchTo();
        });
        Greenlet.setTracer(t::trace);
        t.call("first", () -> t.get("a").switchTo());
        t.call("second", () -> t.get("a").switchTo());
    }

    static void switchesBetweenSiblingsAreTraced(Journal t) {
        t.of("ping", () -> {
            for (int i = 0; i < 2; i++) {
                t.get("pong").switchTo();
            }
        });
        t.of("pong", () -> {
            while (true) {
                t.get("ping").switchTo();
            }
        });
        Greenlet.setTracer(t::trace);
        t.call("switch", () -> t.get("ping").switchTo());
    }

    static void throwsAreTraced(Journal t) {
        t.of("a", () -> {
            try {
                t.main.switchTo();
            } catch (Failed failure) {
                throw new Failed("out");
            }
        });
        Greenlet.setTracer(t::trace);
        t.get("a").switchTo();
        t.call("throw", () -> t.get("a").throwIn(new Failed("in")));
    }

    static void anExitIsTracedAsASwitchToTheParent(Journal t) {
        t.of("a", () -> t.main.switchTo());
        Greenlet.setTracer(t::trace);
        t.get("a").switchTo();
        t.call("throw", () -> t.get("a").throwIn());
    }

    static void aThrowIntoAnUnstartedOneIsTraced(Journal t) {
        t.of("a", () -> t.log("never"));
        t.of("b", () -> t.log("never"));
        Greenlet.setTracer(t::trace);
        t.call("throw", () -> t.get("a").throwIn(new Failed("early")));
        t.call("exit", () -> t.get("b").throwIn());
    }

    static void aSwitchToOneselfIsTraced(Journal t) {
        Greenlet.setTracer(t::trace);
        t.call("switch", () -> t.main.switchTo(1));
        t.call("throw", () -> t.main.throwIn(new Failed("self")));
    }

    static void aSwitchToADeadOneIsTraced(Journal t) {
        t.of("a", () -> {});
        t.get("a").switchTo();
        Greenlet.setTracer(t::trace);
        t.call("switch", () -> t.get("a").switchTo(1));
        t.call("exit", () -> t.get("a").throwIn());
        t.call("throw", () -> t.get("a").throwIn(new Failed("late")));
    }

    static void anExceptionThroughUnstartedParentsIsTraced(Journal t) {
        Greenlet parent = t.of("parent", () -> t.log("never"));
        t.of("child", () -> {
                    throw new Failed("child");
                })
                .setParent(parent);
        Greenlet.setTracer(t::trace);
        t.call("switch", () -> t.get("child").switchTo());
    }

    static void settingATracerReturnsTheOneBefore(Journal t) {
        Tracer other = (event, origin, target) -> {};
        t.log("nobody " + t.show(Greenlet.tracer() == null));
        t.log("before " + t.show(Greenlet.setTracer(other) == null));
        t.log("other " + t.show(Greenlet.tracer() == other));
        t.log("before " + t.show(Greenlet.setTracer(null) == other));
        t.log("nobody " + t.show(Greenlet.tracer() == null));
    }

    static void aTracerOfAnotherThreadIsNotCalled(Journal t) throws InterruptedException {
        Greenlet.setTracer(t::trace);
        t.elsewhere(() -> {
            t.log("nobody " + t.show(Greenlet.tracer() == null));
            Greenlet.of(() -> t.log("runs")).switchTo();
        });
        t.log("somebody " + t.show(Greenlet.tracer() != null));
    }

    static void aFailingTracerFailsTheStart(Journal t) {
        t.of("a", () -> t.log("never"));
        Greenlet.setTracer(failing(t));
        t.call("switch", () -> t.get("a").switchTo());
        t.state("a");
        t.log("nobody " + t.show(Greenlet.tracer() == null));
    }

    static void aFailingTracerThrowsIntoASuspendedTarget(Journal t) {
        t.of("a", () -> {
            t.call("a", () -> t.main.switchTo());
            return "a ends";
        });
        t.get("a").switchTo();
        Greenlet.setTracer(failing(t));
        t.call("switch", () -> t.get("a").switchTo());
        t.log("nobody " + t.show(Greenlet.tracer() == null));
    }

    static void aFailingTracerThrowsIntoMain(Journal t) {
        t.of("a", () -> {
            Greenlet.setTracer(failing(t));
            t.main.switchTo("lost");
        });
        t.call("switch", () -> t.get("a").switchTo());
        t.state("a");
    }

    static void aFailingTracerReplacesWhatIsThrown(Journal t) {
        t.of("a", () -> t.call("a", () -> t.main.switchTo()));
        t.get("a").switchTo();
        Greenlet.setTracer(failing(t));
        t.call("throw", () -> t.get("a").throwIn(new Failed("lost")));
    }

    static void aTracerSetInBetweenSeesTheNextSwitch(Journal t) {
        t.of("a", () -> {
            Greenlet.setTracer(t::trace);
            t.main.switchTo();
            Greenlet.setTracer(null);
            t.main.switchTo();
        });
        t.get("a").switchTo();
        t.get("a").switchTo();
        t.get("a").switchTo();
        t.state("a");
    }
}
