package jasyncio.greenlet;

/** Greenlets that have ended, and where values go then: see {@code cases/ending.py}. */
final class Ending {
    private Ending() {}

    static void statesBeforeDuringAndAfter(Journal t) {
        t.of("a", () -> {
            t.state("a");
            t.main.switchTo();
        });
        t.state("a", "main");
        t.get("a").switchTo();
        t.state("a");
        t.get("a").switchTo();
        t.state("a", "main");
    }

    static void theResultGoesToTheParent(Journal t) {
        t.of("a", () -> 42);
        t.call("switch", () -> t.get("a").switchTo());
    }

    static void aDeadTargetReturnsTheValueAtOnce(Journal t) {
        dead(t, "a");
        t.call("switch", () -> t.get("a").switchTo(7));
        t.call("without a value", () -> t.get("a").switchTo());
    }

    static void aDeadTargetLeadsToItsNearestLiveParent(Journal t) {
        t.of("parent", () -> {
            t.of("child", () -> "child ends");
            t.log("parent got " + t.show(t.get("child").switchTo()));
            t.log("parent got " + t.show(t.main.switchTo("waiting")));
            return "parent ends";
        });
        t.call("first", () -> t.get("parent").switchTo());
        t.call("to the dead child", () -> t.get("child").switchTo("for the child"));
        t.state("parent", "child");
    }

    static void aChainOfTheDeadLeadsToMain(Journal t) {
        t.taking("top", depth -> nested(t, depth));
        t.get("top").switchTo(3);
        t.state("1", "2", "3", "top");
        t.call("switch", () -> t.get("1").switchTo("up"));
    }

    private static Object nested(Journal t, Object depth) {
        int level = (int) depth;
        if (level > 0) {
            t.taking(String.valueOf(level), next -> nested(t, next)).switchTo(level - 1);
        }
        return null;
    }

    static void aDeadTargetEndsTheSwitchOfMain(Journal t) {
        dead(t, "dead");
        t.of("a", () -> t.log("a got " + t.show(t.get("dead").switchTo("from a"))));
        t.call("switch", () -> t.get("a").switchTo());
        t.state("a");
        t.call("again", () -> t.get("a").switchTo("back"));
    }

    static void aDeadChildGivesItsParentTheValueBack(Journal t) {
        t.of("parent", () -> {
            dead(t, "child");
            t.call("to the dead child", () -> t.get("child").switchTo(1));
        });
        t.call("switch", () -> t.get("parent").switchTo());
    }

    static void aDeadTargetStartsItsParent(Journal t) {
        Greenlet parent = t.taking("parent", first -> "parent got " + t.show(first));
        dead(t, "child").setParent(parent);
        t.call("switch", () -> t.get("child").switchTo(8));
        t.state("parent", "child");
    }

    static void aResultStartsAParentThatHasNotStarted(Journal t) {
        Greenlet parent = t.taking("parent", first -> "parent got " + t.show(first));
        t.of("child", () -> "result").setParent(parent);
        t.state("parent", "child");
        t.call("switch", () -> t.get("child").switchTo());
        t.state("parent", "child");
    }

    static void resultsClimbALadderOfUnstartedParents(Journal t) {
        Greenlet top = t.taking("top", first -> (int) first + 1);
        Greenlet middle = t.taking("middle", first -> (int) first * 10);
        middle.setParent(top);
        t.of("bottom", () -> 4).setParent(middle);
        t.call("switch", () -> t.get("bottom").switchTo());
        t.state("top", "middle", "bottom");
    }

    static void aDeadGreenletCanGetAnotherParent(Journal t) {
        t.of("receiver", () -> {
            t.log("receiver got " + t.show(t.main.switchTo()));
            return "receiver ends";
        });
        t.get("receiver").switchTo();
        dead(t, "dead").setParent(t.get("receiver"));
        t.call("switch", () -> t.get("dead").switchTo("detour"));
        t.state("dead", "receiver");
    }

    private static Greenlet dead(Journal t, String name) {
        Greenlet greenlet = t.of(name, () -> {});
        greenlet.switchTo();
        return greenlet;
    }
}
