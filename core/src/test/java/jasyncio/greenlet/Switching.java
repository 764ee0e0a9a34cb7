package jasyncio.greenlet;

import java.util.Arrays;
import java.util.List;

/** Switches with and without values: see {@code cases/switching.py}. */
final class Switching {
    private Switching() {}

    static void firstSwitchStartsTheBody(Journal t) {
        Greenlet a = t.of("a", () -> t.log("a runs"));
        t.log("created");
        t.call("switch", () -> a.switchTo());
    }

    static void firstValueIsTheArgument(Journal t) {
        Greenlet a = t.taking("a", first -> {
            t.log("a got " + t.show(first));
            return null;
        });
        t.call("switch", () -> a.switchTo(5));
    }

    static void laterValuesAreWhatThePendingSwitchReturns(Journal t) {
        Greenlet a = t.taking("a", first -> {
            int value = (int) first;
            for (int i = 0; i < 3; i++) {
                value = (int) t.main.switchTo(value * 10);
            }
            return "end";
        });
        for (int i = 1; i < 5; i++) {
            int value = i;
            t.call("switch " + value, () -> a.switchTo(value));
        }
    }

    static void switchWithoutAValue(Journal t) {
        Greenlet a = t.of("a", () -> {
            t.log("a got " + t.show(t.main.switchTo()));
            t.log("a got " + t.show(t.main.switchTo(null)));
        });
        for (int i = 0; i < 3; i++) {
            t.call("switch", () -> a.switchTo());
        }
    }

    static void severalValuesArriveAsOne(Journal t) {
        Greenlet a = t.of("a", () -> t.log("a got " + t.show(t.main.switchTo(List.of(1, 2)))));
        t.call("first", () -> a.switchTo());
        t.call("second", () -> a.switchTo(Arrays.asList(3, "x", null)));
    }

    static void anExceptionCanBeAValue(Journal t) {
        Greenlet a = t.taking("a", first -> {
            t.log("a got " + t.show(first));
            return new Failed("returned");
        });
        t.call("switch", () -> a.switchTo(new Failed("sent")));
    }

    static void aGreenletCanBeAValue(Journal t) {
        Greenlet a = t.taking("a", first -> ((Greenlet) first).switchTo("straight back"));
        t.call("switch", () -> a.switchTo(t.main));
        t.state("a");
    }

    static void twoSiblingsPlayPingPong(Journal t) {
        t.of("ping", () -> {
            for (int number = 0; number < 3; number++) {
                t.log("ping " + t.show(t.get("pong").switchTo(number)));
            }
            return "ping ends";
        });
        t.taking("pong", first -> {
            int value = (int) first;
            while (true) {
                t.log("pong " + value);
                value = (int) t.get("ping").switchTo(-value);
            }
        });
        t.call("switch", () -> t.get("ping").switchTo());
        t.state("ping", "pong");
    }

    static void switchToOneselfReturnsAtOnce(Journal t) {
        t.of("a", () -> {
            t.call("a to a", () -> t.get("a").switchTo(1));
            t.call("a to a without a value", () -> t.get("a").switchTo());
            return "end";
        });
        t.call("main to main", () -> t.main.switchTo(2));
        t.call("switch", () -> t.get("a").switchTo());
    }

    static void aBodyWithoutAParameterRefusesAValue(Journal t) {
        Greenlet a = t.of("a", () -> t.log("never"));
        t.call("switch", () -> a.switchTo(5));
        t.state("a");
    }

    static void aGreenletStartedInAnother(Journal t) {
        t.of("outer", () -> {
            t.of("inner", () -> {
                t.log("in " + t.current() + ", parent " + t.show(t.get("inner").parent()));
                t.log("inner got " + t.show(t.get("outer").switchTo("from inner")));
                return "inner ends";
            });
            t.call("first", () -> t.get("inner").switchTo());
            t.call("second", () -> t.get("inner").switchTo("to inner"));
            return "outer ends";
        });
        t.call("switch", () -> t.get("outer").switchTo());
    }

    static void theEndResumesTheParentNotWhoSwitched(Journal t) {
        t.of("first", () -> {
            t.log("first got " + t.show(t.get("second").switchTo()));
            return "first ends";
        });
        t.of("second", () -> "second ends");
        t.call("switch", () -> t.get("first").switchTo());
        t.state("first", "second");
        t.call("again", () -> t.get("first").switchTo("at last"));
        t.state("first");
    }

    static void nestedStartsReturnInReverse(Journal t) {
        t.taking("top", depth -> nested(t, depth));
        t.call("switch", () -> t.get("top").switchTo(5));
    }

    private static int nested(Journal t, Object depth) {
        int level = (int) depth;
        if (level == 0) {
            return 0;
        }
        Greenlet child = t.taking("level " + level, next -> nested(t, next));
        int result = (int) child.switchTo(level - 1);
        t.log(t.current() + " got " + result);
        return result + 1;
    }

    static void aRingPassesACounter(Journal t) {
        int size = 7;
        for (int number = 0; number < size; number++) {
            t.taking(String.valueOf(number), first -> {
                int count = (int) first;
                while (true) {
                    if (count >= 30) {
                        t.main.switchTo(t.current() + " has " + count);
                    }
                    Greenlet following = t.get(String.valueOf((Integer.parseInt(t.current()) + 1) % size));
                    count = (int) following.switchTo(count + 1);
                }
            });
        }
        t.call("switch", () -> t.get("0").switchTo(0));
    }

    static void aRecursiveWalkHandsOutLeaves(Journal t) {
        List<?> tree = List.of(List.of(1, List.of(2)), 3, List.of(List.of(List.of(4)), 5));
        Greenlet walker = t.taking("walker", root -> {
            walk(t, root);
            return null;
        });
        Object leaf = walker.switchTo(tree);
        while (!walker.dead()) {
            t.log("leaf " + leaf);
            leaf = walker.switchTo();
        }
        t.log("result " + t.show(leaf));
    }

    private static void walk(Journal t, Object node) {
        if (node instanceof List<?> children) {
            children.forEach(child -> walk(t, child));
        } else {
            t.main.switchTo(node);
        }
    }

    static void aProducerAndAConsumer(Journal t) {
        t.of("producer", () -> {
            for (String item : List.of("bread", "salt")) {
                t.log("made " + item);
                t.get("consumer").switchTo(item);
            }
            return "sold out";
        });
        t.taking("consumer", first -> {
            Object item = first;
            while (true) {
                t.log("ate " + item);
                item = t.get("producer").switchTo();
            }
        });
        t.call("switch", () -> t.get("producer").switchTo());
    }

    static void switchesInsideTryAndFinally(Journal t) {
        Greenlet a = t.of("a", () -> {
            try {
                try {
                    t.log("try " + t.show(t.main.switchTo()));
                    throw new Failed("inside");
                } catch (Failed failure) {
                    t.log("except " + t.show(t.main.switchTo()));
                    t.log("still " + t.show(failure));
                }
            } finally {
                t.log("finally " + t.show(t.main.switchTo()));
            }
            return "end";
        });
        for (int i = 0; i < 4; i++) {
            int number = i;
            t.call("switch " + number, () -> number == 0 ? a.switchTo() : a.switchTo(number));
        }
    }

    static void aGrandchildSwitchesToMain(Journal t) {
        t.of("child", () -> {
            t.of("grandchild", () -> t.log("grandchild got " + t.show(t.main.switchTo("hello"))));
            t.log("child got " + t.show(t.get("grandchild").switchTo()));
        });
        t.call("first", () -> t.get("child").switchTo());
        t.state("child", "grandchild");
        t.call("second", () -> t.get("grandchild").switchTo("go on"));
        t.state("child", "grandchild");
    }

    static void mainSwitchesToWhomItLikes(Journal t) {
        for (String name : List.of("a", "b", "c")) {
            t.of(name, () -> {
                while (true) {
                    t.log(t.current() + " runs");
                    t.main.switchTo();
                }
            });
        }
        for (String name : List.of("a", "b", "c", "b", "a", "c")) {
            t.get(name).switchTo();
        }
        t.state("a", "b", "c", "main");
    }
}
