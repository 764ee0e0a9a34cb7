package jasyncio.greenlet;

/** Exceptions thrown into greenlets, and those that leave them: see {@code cases/throwing.py}. */
final class Throwing {
    private Throwing() {}

    private static Greenlet waiting(Journal t, String name) {
        return t.of(name, () -> {
            try {
                t.log(name + " got " + t.show(t.main.switchTo("ready")));
            } catch (Throwable e) {
                t.log(name + " caught " + t.show(e));
                throw e;
            }
            return name + " ends";
        });
    }

    private static Greenlet failing(Journal t, String name) {
        return t.of(name, () -> {
            throw new Failed(name);
        });
    }

    private static Greenlet never(Journal t, String name) {
        return t.of(name, () -> t.log("never"));
    }

    private static Greenlet dead(Journal t, String name) {
        Greenlet greenlet = t.of(name, () -> {});
        greenlet.switchTo();
        return greenlet;
    }

    static void anExceptionRaisesInTheParent(Journal t) {
        t.of("a", () -> {
            throw new Failed("body");
        });
        t.call("switch", () -> t.get("a").switchTo());
        t.state("a");
    }

    static void anExceptionPassesThroughASuspendedParent(Journal t) {
        t.of("parent", () -> {
            failing(t, "child");
            try {
                t.get("child").switchTo();
            } finally {
                t.log("parent cleans up");
            }
        });
        t.call("switch", () -> t.get("parent").switchTo());
        t.state("parent", "child");
    }

    static void anExceptionEndsAParentThatHasNotStarted(Journal t) {
        Greenlet parent = never(t, "parent");
        failing(t, "child").setParent(parent);
        t.call("switch", () -> t.get("child").switchTo());
        t.state("parent", "child");
    }

    static void anExceptionCaughtByTheParent(Journal t) {
        t.of("parent", () -> {
            failing(t, "child");
            t.call("child", () -> t.get("child").switchTo());
            return "parent ends";
        });
        t.call("switch", () -> t.get("parent").switchTo());
    }

    static void throwIntoASuspendedOne(Journal t) {
        waiting(t, "a");
        t.call("first", () -> t.get("a").switchTo());
        t.call("throw", () -> t.get("a").throwIn(new Failed("thrown")));
        t.state("a");
    }

    static void throwThatIsCaught(Journal t) {
        t.of("a", () -> {
            while (true) {
                try {
                    t.log("a got " + t.show(t.main.switchTo("ready")));
                } catch (Failed failure) {
                    t.log("a caught " + t.show(failure));
                }
            }
        });
        t.call("first", () -> t.get("a").switchTo());
        t.call("throw", () -> t.get("a").throwIn(new Failed("1")));
        t.call("switch", () -> t.get("a").switchTo(2));
        t.call("throw again", () -> t.get("a").throwIn(new Failed("3")));
        t.state("a");
    }

    static void throwWithoutAnExceptionMeansExit(Journal t) {
        waiting(t, "a");
        t.call("first", () -> t.get("a").switchTo());
        t.call("throw", () -> t.get("a").throwIn());
        t.state("a");
    }

    static void exitWithAMessageIsReturnedAsItIs(Journal t) {
        waiting(t, "a");
        t.get("a").switchTo();
        var exit = new GreenletExit("enough");
        Object result = t.get("a").throwIn(exit);
        t.log(t.show(result) + ", the same " + t.show(result == exit));
    }

    static void exitRaisedByTheBodyIsReturned(Journal t) {
        t.of("a", () -> {
            throw new GreenletExit("my own");
        });
        t.call("switch", () -> t.get("a").switchTo());
    }

    static void exitThatIsCaught(Journal t) {
        t.of("a", () -> {
            try {
                t.main.switchTo("ready");
            } catch (GreenletExit exit) {
                t.log("a stays");
            }
            t.log("a got " + t.show(t.main.switchTo("still here")));
            return "a ends";
        });
        t.call("first", () -> t.get("a").switchTo());
        t.call("throw", () -> t.get("a").throwIn());
        t.state("a");
        t.call("switch", () -> t.get("a").switchTo(1));
    }

    static void exitThatIsReplaced(Journal t) {
        t.of("a", () -> {
            try {
                t.main.switchTo();
            } catch (GreenletExit exit) {
                throw new Failed("instead");
            }
        });
        t.get("a").switchTo();
        t.call("throw", () -> t.get("a").throwIn());
    }

    static void exitRunsFinallyBlocks(Journal t) {
        t.of("a", () -> {
            try {
                try {
                    t.main.switchTo();
                } finally {
                    t.log("inner finally " + t.show(t.main.switchTo("not yet")));
                }
            } finally {
                t.log("outer finally");
            }
        });
        t.get("a").switchTo();
        t.call("throw", () -> t.get("a").throwIn());
        t.state("a");
        t.call("switch", () -> t.get("a").switchTo("now"));
        t.state("a");
    }

    static void exitOfAChildIsTheParentsValue(Journal t) {
        t.of("parent", () -> {
            waiting(t, "child");
            t.log("parent got " + t.show(t.get("child").switchTo()));
            return "parent ends";
        });
        t.call("first", () -> t.get("parent").switchTo());
        t.call("throw", () -> t.get("child").throwIn());
        t.state("parent", "child");
    }

    static void throwIntoOneThatHasNotStarted(Journal t) {
        never(t, "a");
        t.call("throw", () -> t.get("a").throwIn(new Failed("early")));
        t.state("a");
        t.call("switch", () -> t.get("a").switchTo(3));
    }

    static void exitIntoOneThatHasNotStarted(Journal t) {
        never(t, "a");
        t.call("throw", () -> t.get("a").throwIn());
        t.state("a");
    }

    static void throwIntoADeadOne(Journal t) {
        dead(t, "a");
        t.call("throw", () -> t.get("a").throwIn(new Failed("late")));
        t.call("exit", () -> t.get("a").throwIn());
    }

    static void throwIntoADeadChildOfASuspendedParent(Journal t) {
        t.of("parent", () -> {
            dead(t, "child");
            try {
                t.log("parent got " + t.show(t.main.switchTo()));
                t.log("parent got " + t.show(t.main.switchTo()));
                return null;
            } catch (Failed failure) {
                return "parent caught " + t.show(failure);
            }
        });
        t.get("parent").switchTo();
        t.call("exit", () -> t.get("child").throwIn());
        t.call("throw", () -> t.get("child").throwIn(new Failed("late")));
        t.state("parent");
    }

    static void throwIntoOneself(Journal t) {
        t.of("a", () -> {
            t.call("a into a", () -> t.get("a").throwIn(new Failed("self")));
            t.call("exit", () -> t.get("a").throwIn());
            t.get("a").throwIn(new GreenletExit("for good"));
        });
        t.call("main into main", () -> t.main.throwIn(new Failed("main")));
        t.call("exit into main", () -> t.main.throwIn());
        t.call("switch", () -> t.get("a").switchTo());
        t.state("a");
    }

    static void throwIntoMain(Journal t) {
        t.of("a", () -> {
            t.log("a got " + t.show(t.main.throwIn(new Failed("for main"))));
            t.main.throwIn(new GreenletExit("also raised there"));
        });
        t.call("first", () -> t.get("a").switchTo());
        t.call("second", () -> t.get("a").switchTo(1));
        t.state("a");
    }

    static void throwFromASibling(Journal t) {
        waiting(t, "a");
        t.of("b", () -> t.log("b got " + t.show(t.get("a").throwIn(new Failed("from b")))));
        t.get("a").switchTo();
        t.call("switch", () -> t.get("b").switchTo());
        t.state("a", "b");
        t.call("again", () -> t.get("b").switchTo("still there"));
    }

    private static Greenlet catching(Journal t) {
        return t.of("parent", () -> {
            try {
                return t.main.switchTo("ready to catch");
            } catch (Failed failure) {
                return "caught " + t.show(failure);
            }
        });
    }

    static void anExceptionForAnUnstartedChildReachesItsSuspendedParent(Journal t) {
        Greenlet parent = catching(t);
        never(t, "child").setParent(parent);
        t.call("first", () -> parent.switchTo());
        t.call("throw", () -> t.get("child").throwIn(new Failed("for the child")));
        t.state("parent", "child");
    }

    static void anExceptionForASuspendedChildReachesItsParent(Journal t) {
        Greenlet parent = catching(t);
        waiting(t, "child").setParent(parent);
        t.call("parent", () -> parent.switchTo());
        t.call("child", () -> t.get("child").switchTo());
        t.call("throw", () -> t.get("child").throwIn(new Failed("for the child")));
        t.state("parent", "child");
    }

    static void aChildMadeToThrowIntoItsParent(Journal t) {
        waiting(t, "a");
        t.get("a").switchTo();
        t.of("crasher", () -> {
                    throw new Failed("crash");
                })
                .setParent(t.get("a"));
        t.call("switch", () -> t.get("crasher").switchTo());
        t.state("a", "crasher");
    }

    static void theSameExceptionObjectArrives(Journal t) {
        var failure = new Failed("one");
        t.of("a", () -> {
            try {
                t.main.switchTo();
            } catch (Failed caught) {
                t.log("the same " + t.show(caught == failure));
                throw caught;
            }
        });
        t.get("a").switchTo();
        try {
            t.get("a").throwIn(failure);
        } catch (Failed caught) {
            t.log("the same " + t.show(caught == failure));
        }
    }
}
