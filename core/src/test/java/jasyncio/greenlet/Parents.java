package jasyncio.greenlet;

import java.util.List;

/** Who is whose parent, and what may be set: see {@code cases/parents.py}. */
final class Parents {
    private Parents() {}

    static void theDefaultParentIsTheCreator(Journal t) {
        t.of("a", () -> {
            t.of("b", () -> {
                t.of("c", () -> {});
            });
            t.get("b").switchTo();
        });
        t.get("a").switchTo();
        t.state("a", "b", "c");
    }

    static void mainIsCurrentAndHasNoParent(Journal t) {
        t.state("main");
        t.log("current " + t.current());
    }

    static void currentWhileGreenletsRun(Journal t) {
        t.of("a", () -> {
            t.log("current " + t.current());
            t.main.switchTo();
            t.log("current " + t.current());
        });
        t.get("a").switchTo();
        t.log("current " + t.current());
        t.get("a").switchTo();
        t.log("current " + t.current());
    }

    static void anotherParentReceivesTheResult(Journal t) {
        t.of("receiver", () -> {
            t.log("receiver got " + t.show(t.main.switchTo()));
            return "receiver ends";
        });
        t.get("receiver").switchTo();
        t.of("a", () -> "a ends").setParent(t.get("receiver"));
        t.call("switch", () -> t.get("a").switchTo());
    }

    static void anotherParentForASuspendedOne(Journal t) {
        t.of("receiver", () -> {
            t.call("receiver", () -> t.main.switchTo());
            return "receiver ends";
        });
        t.get("receiver").switchTo();
        t.of("a", () -> {
            t.main.switchTo();
            throw new Failed("a");
        });
        t.get("a").switchTo();
        t.get("a").setParent(t.get("receiver"));
        t.state("a");
        t.call("switch", () -> t.get("a").switchTo());
    }

    static void aBodyChangesItsOwnParent(Journal t) {
        t.taking("receiver", first -> "receiver got " + t.show(first));
        t.of("a", () -> {
            t.get("a").setParent(t.get("receiver"));
            return "a ends";
        });
        t.call("switch", () -> t.get("a").switchTo());
    }

    static void nobodyIsAnAncestorOfOneself(Journal t) {
        for (String name : List.of("a", "b", "c")) {
            t.of(name, () -> {});
        }
        setParent(t, "a", "a");
        setParent(t, "b", "a");
        setParent(t, "a", "b");
        setParent(t, "c", "b");
        setParent(t, "a", "c");
        t.state("a", "b", "c");
    }

    static void mainKeepsHavingNoParent(Journal t) {
        t.of("a", () -> {});
        setParent(t, "main", "a");
        t.state("main");
    }

    static void aParentMustBeAGreenlet(Journal t) {
        t.of("a", () -> {});
        setParent(t, "a", "nobody");
        t.state("a");
    }

    private static void setParent(Journal t, String child, String parent) {
        t.call(parent + " as the parent of " + child, () -> t.get(child).setParent(t.get(parent)));
    }
}
