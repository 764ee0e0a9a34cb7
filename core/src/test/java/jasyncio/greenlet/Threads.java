package jasyncio.greenlet;

/** Greenlets and threads: see {@code cases/threads.py}. */
final class Threads {
    private Threads() {}

    static void anotherThreadsGreenletIsRefused(Journal t) throws InterruptedException {
        t.of("a", () -> t.log("never"));
        t.elsewhere(() -> t.call("switch", () -> t.get("a").switchTo()));
        t.elsewhere(() -> t.call("throw", () -> t.get("a").throwIn()));
        t.state("a");
    }

    static void anotherThreadsSuspendedGreenletIsRefused(Journal t) throws InterruptedException {
        t.of("a", () -> t.log("a got " + t.show(t.main.switchTo())));
        t.get("a").switchTo();
        t.elsewhere(() -> t.call("switch", () -> t.get("a").switchTo("not this")));
        t.state("a");
        t.call("switch", () -> t.get("a").switchTo("this"));
    }

    static void anotherThreadsMainIsRefused(Journal t) throws InterruptedException {
        t.elsewhere(() -> t.call("switch", () -> t.main.switchTo()));
    }

    static void anotherThreadsDeadGreenletIsRefused(Journal t) throws InterruptedException {
        t.of("a", () -> {});
        t.get("a").switchTo();
        t.elsewhere(() -> t.call("switch", () -> t.get("a").switchTo()));
    }

    static void aGreenletOfAnEndedThreadIsRefused(Journal t) throws InterruptedException {
        t.elsewhere(() -> {
            Greenlet own = Greenlet.current();
            t.of("a", () -> {});
            t.of("b", () -> own.switchTo());
            t.get("b").switchTo();
        });
        t.call("switch", () -> t.get("a").switchTo());
    }

    static void eachThreadHasAMainGreenlet(Journal t) throws InterruptedException {
        t.elsewhere(() -> {
            Greenlet own = Greenlet.current();
            t.log("current " + t.current() + ", parent " + t.show(own.parent()) + ", active " + t.show(own.active()));
            t.of(
                    "a",
                    () -> t.log("its parent is that thread's main "
                            + t.show(Greenlet.current().parent() == own)));
            t.get("a").switchTo();
        });
        t.log("current " + t.current());
    }

    static void aStartedGreenletStaysOnItsThread(Journal t) throws InterruptedException {
        t.of("a", () -> t.main.switchTo());
        t.get("a").switchTo();
        t.elsewhere(() -> t.call("move", () -> t.get("a").setParent(Greenlet.current())));
        t.state("a");
    }

    static void aGreenletMovesBeforeItsStart(Journal t) throws InterruptedException {
        t.of("a", () -> "a ends");
        t.elsewhere(() -> {
            t.get("a").setParent(Greenlet.current());
            t.call("switch", () -> t.get("a").switchTo());
        });
        t.log("dead " + t.show(t.get("a").dead()));
    }

    static void threadsDoNotDisturbEachOther(Journal t) throws InterruptedException {
        Greenlet.Body body = name -> {
            for (int number = 0; number < 2; number++) {
                t.log(name + " " + number);
                Greenlet.current().parent().switchTo();
            }
            return null;
        };
        t.taking("here", body);
        t.get("here").switchTo("here");
        t.elsewhere(() -> {
            Greenlet other = Greenlet.taking(body);
            other.switchTo("there");
            other.switchTo();
        });
        t.get("here").switchTo();
        t.state("here");
    }
}
