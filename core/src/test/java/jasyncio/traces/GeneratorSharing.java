package jasyncio.traces;

import static jasyncio.traces.GeneratorSteps.generator;
import static jasyncio.traces.GeneratorSteps.got;
import static jasyncio.traces.GeneratorSteps.outer;
import static jasyncio.traces.GeneratorSteps.plain;
import static jasyncio.traces.GeneratorSteps.steps;
import static jasyncio.traces.GeneratorSteps.sub;
import static jasyncio.traces.Words.show;

import jasyncio.generator.SendGenerator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code yieldFrom} what has ended, runs, is shared or is no generator. */
final class GeneratorSharing {
    private GeneratorSharing() {}

    static void delegationToAnEndedOne(Trace t) {
        var sub = sub(t);
        steps(t, "sub", sub, "next next next next");
        steps(t, "g", outer(t, sub), "next next");
    }

    static void delegationToAClosedOne(Trace t) {
        var sub = sub(t);
        steps(t, "sub", sub, "close");
        steps(t, "g", outer(t, sub), "next next");
    }

    static void delegationToOneThatFailed(Trace t) {
        var sub = sub(t);
        steps(t, "sub", sub, "next throw:boom");
        steps(t, "g", outer(t, sub), "next next");
    }

    static void delegationToAHalfConsumedOne(Trace t) {
        var sub = sub(t);
        steps(t, "sub", sub, "next send:x");
        steps(t, "g", outer(t, sub), "next send:y");
    }

    static void delegationToOneWithoutAYield(Trace t) {
        steps(t, "g", outer(t, generator(_ -> "at once")), "next next");
    }

    static void delegationToOneThatFailsBeforeItsFirstYield(Trace t) {
        var sub = plain(_ -> {
            throw new Failed("boom");
        });
        steps(t, "g", outer(t, sub), "next state");
    }

    static void delegationToItselfIsRefused(Trace t) {
        var g = new ArrayList<SendGenerator<Object, Object, Object>>();
        g.add(plain(y -> {
            y.yield(1);
            y.yieldFrom(g.getFirst());
        }));
        steps(t, "g", g.getFirst(), "next next state");
    }

    static void delegationToItselfMayBeCaught(Trace t) {
        var g = new ArrayList<SendGenerator<Object, Object, Object>>();
        g.add(plain(y -> {
            try {
                y.yieldFrom(g.getFirst());
            } catch (IllegalStateException refusal) {
                t.log("caught " + show(refusal));
            }
            y.yield(1);
        }));
        steps(t, "g", g.getFirst(), "next next");
    }

    private static Map<String, SendGenerator<Object, Object, Object>> ring(Trace t, String names, String catches) {
        Map<String, SendGenerator<Object, Object, Object>> generators = new LinkedHashMap<>();
        for (int i = 0; i < names.length(); i++) {
            String name = names.substring(i, i + 1);
            int following = (i + 1) % names.length();
            generators.put(name, generator(y -> {
                try {
                    y.yield(name + " begins");
                    Object result = y.yieldFrom(generators.get(names.substring(following, following + 1)));
                    t.log(name + " has " + show(result));
                } catch (IllegalStateException refusal) {
                    t.log(name + " met " + show(refusal));
                    if (!catches.contains(name)) {
                        throw refusal;
                    }
                }
                return name + " result";
            }));
        }
        return generators;
    }

    static void delegationInACircleOfTwo(Trace t) {
        var ring = ring(t, "ab", "");
        steps(t, "a", ring.get("a"), "next next next state");
        steps(t, "b", ring.get("b"), "state next");
    }

    static void delegationInACircleOfTwoWhereTheSecondCatches(Trace t) {
        var ring = ring(t, "ab", "b");
        steps(t, "a", ring.get("a"), "next next next state");
    }

    static void delegationInACircleOfThree(Trace t) {
        var ring = ring(t, "abc", "");
        steps(t, "b", ring.get("b"), "next");
        steps(t, "a", ring.get("a"), "next next next next");
        ring.forEach((name, g) -> steps(t, name, g, "state"));
    }

    static void delegationInACircleOfThreeWhereTheLastCatches(Trace t) {
        var ring = ring(t, "abc", "c");
        steps(t, "a", ring.get("a"), "next next next next state");
        steps(t, "b", ring.get("b"), "state");
    }

    static void delegationTwoShareADelegate(Trace t) {
        var sub = sub(t);
        var a = outer(t, sub, "a");
        var b = outer(t, sub, "b");
        steps(t, "a", a, "next");
        steps(t, "b", b, "send:none");
        steps(t, "a", a, "send:x next");
        steps(t, "b", b, "next state");
        steps(t, "a", a, "state next");
    }

    static void delegationSharedDelegateIsClosedWithOne(Trace t) {
        var sub = sub(t);
        var a = outer(t, sub, "a");
        var b = outer(t, sub, "b");
        steps(t, "a", a, "next");
        steps(t, "b", b, "next");
        steps(t, "a", a, "close");
        steps(t, "b", b, "send:x next");
    }

    static void delegationSharedDelegateFailsForOne(Trace t) {
        var sub = sub(t);
        var a = outer(t, sub, "a");
        var b = outer(t, sub, "b");
        steps(t, "a", a, "next");
        steps(t, "b", b, "next throw:boom");
        steps(t, "a", a, "throw:bang");
    }

    static void delegationSharedDelegateCallsTheOther(Trace t) {
        var b = new ArrayList<SendGenerator<Object, Object, Object>>();
        var shared = plain(y -> {
            y.yield(1);
            steps(t, "inside", b.getFirst(), "state next state");
            y.yield(2);
        });
        var a = outer(t, shared, "a");
        b.add(outer(t, shared, "b"));
        steps(t, "a", a, "next");
        steps(t, "b", b.getFirst(), "next");
        steps(t, "a", a, "next next");
    }

    static void delegationDelegateAdvancedFromOutside(Trace t) {
        var sub = sub(t);
        var g = outer(t, sub);
        steps(t, "g", g, "next");
        steps(t, "sub", sub, "next send:x");
        steps(t, "g", g, "send:y next");
    }

    static void delegationDelegateEndedFromOutside(Trace t) {
        var sub = sub(t);
        var g = outer(t, sub);
        steps(t, "g", g, "next");
        steps(t, "sub", sub, "next next next");
        steps(t, "g", g, "send:y next");
    }

    private static void closedFromOutside(Trace t, String script) {
        var sub = sub(t);
        var g = outer(t, sub);
        steps(t, "g", g, "next");
        steps(t, "sub", sub, "close");
        steps(t, "g", g, script);
    }

    static void delegationDelegateClosedFromOutside(Trace t) {
        closedFromOutside(t, "state send:x next");
    }

    static void delegationDelegateClosedFromOutsideThenThrownInto(Trace t) {
        closedFromOutside(t, "throw:boom state");
    }

    static void delegationDelegateClosedFromOutsideThenStopped(Trace t) {
        closedFromOutside(t, "throw:stop next");
    }

    static void delegationDelegateThrownIntoFromOutside(Trace t) {
        var sub = sub(t);
        var g = outer(t, sub);
        steps(t, "g", g, "next");
        steps(t, "sub", sub, "throw:boom");
        steps(t, "g", g, "next next");
    }

    static void delegationMiddleAdvancedDirectly(Trace t) {
        var middle = outer(t, sub(t), "middle");
        var top = outer(t, middle, "top");
        steps(t, "top", top, "next");
        steps(t, "middle", middle, "send:x state");
        steps(t, "top", top, "send:y");
        steps(t, "middle", middle, "next next");
        steps(t, "top", top, "next next");
    }

    static void delegationMiddleClosedDirectly(Trace t) {
        var sub = sub(t);
        var middle = outer(t, sub, "middle");
        var top = outer(t, middle, "top");
        steps(t, "top", top, "next");
        steps(t, "middle", middle, "close");
        steps(t, "sub", sub, "state");
        steps(t, "top", top, "state next");
    }

    static void delegationStates(Trace t) {
        var both = new ArrayList<SendGenerator<Object, Object, Object>>();
        both.add(plain(y -> {
            steps(t, "sub inside", both.getFirst(), "state");
            steps(t, "outer inside", both.getLast(), "state");
            y.yield(1);
        }));
        both.add(outer(t, both.getFirst()));
        var sub = both.getFirst();
        var g = both.getLast();
        steps(t, "g", g, "state next state");
        steps(t, "sub", sub, "state");
        steps(t, "g", g, "next state");
        steps(t, "sub", sub, "state");
        steps(t, "g", g, "next state");
    }

    static void delegationDelegatorAdvancedFromInsideIsRefused(Trace t) {
        var g = new ArrayList<SendGenerator<Object, Object, Object>>();
        var sub = plain(y -> {
            steps(t, "inside", g.getFirst(), "next send:x throw:boom throw:exit close state");
            y.yield(1);
        });
        g.add(outer(t, sub));
        steps(t, "g", g.getFirst(), "next next");
    }

    static void delegationMiddleAdvancedFromInsideIsRefused(Trace t) {
        var middle = new ArrayList<SendGenerator<Object, Object, Object>>();
        var sub = plain(y -> {
            steps(t, "inside", middle.getFirst(), "next send:x throw:boom throw:exit close state");
            y.yield(1);
        });
        middle.add(outer(t, sub, "middle"));
        var top = outer(t, middle.getFirst(), "top");
        steps(t, "top", top, "next next");
    }

    static void delegationStateWhileTheDelegateIsBeingClosed(Trace t) {
        var g = new ArrayList<SendGenerator<Object, Object, Object>>();
        var sub = plain(y -> {
            try {
                y.yield(1);
            } finally {
                steps(t, "outer", g.getFirst(), "state next close");
            }
        });
        g.add(outer(t, sub));
        steps(t, "g", g.getFirst(), "next close state");
    }

    static void delegationToTheOneThatRunsUs(Trace t) {
        var g = new ArrayList<SendGenerator<Object, Object, Object>>();
        g.add(plain(y -> {
            var inner = plain(z -> {
                try {
                    z.yieldFrom(g.getFirst());
                } catch (IllegalStateException refusal) {
                    t.log("inner met " + show(refusal));
                }
                z.yield("inner goes on");
            });
            y.yield(inner.next());
        }));
        steps(t, "g", g.getFirst(), "next next");
    }

    private static SendGenerator<Object, Object, Object> over(Trace t, Iterable<Object> items) {
        return plain(y -> {
            try {
                y.yieldFrom(items);
                t.log("outer has none");
            } catch (Throwable e) {
                t.log("outer met " + show(e));
                throw e;
            }
            got(t, "outer", y.yield("outer last"));
        });
    }

    static void delegationToAList(Trace t) {
        steps(t, "g", over(t, List.of(1, 2)), "next next next next");
    }

    static void delegationToAnEmptyList(Trace t) {
        steps(t, "g", over(t, List.of()), "next next");
    }

    static void delegationToAListCannotBeSentTo(Trace t) {
        steps(t, "g", over(t, List.of(1, 2)), "next send:none send:x state");
    }

    static void delegationToAListSendMayBeCaught(Trace t) {
        var g = plain(y -> {
            try {
                y.yieldFrom(List.of(1, 2));
            } catch (IllegalStateException refusal) {
                t.log("outer met " + show(refusal));
            }
            y.yield("late");
        });
        steps(t, "g", g, "next send:x next");
    }

    static void delegationToAListThrow(Trace t) {
        steps(t, "g", over(t, List.of(1, 2)), "next throw:boom state");
    }

    static void delegationToAListClose(Trace t) {
        steps(t, "g", over(t, List.of(1, 2)), "next close state");
    }

    static void delegationToAListStopThrownInEndsIt(Trace t) {
        steps(t, "g", over(t, List.of(1, 2)), "next throw:end next");
    }

    private static final class Items implements Iterator<Object>, AutoCloseable {
        private final Trace t;
        private final int failsAt;
        private final boolean closeFails;
        private int number;

        Items(Trace t, int failsAt, boolean closeFails) {
            this.t = t;
            this.failsAt = failsAt;
            this.closeFails = closeFails;
        }

        static Iterable<Object> of(Trace t, int failsAt, boolean closeFails) {
            var items = new Items(t, failsAt, closeFails);
            return () -> items;
        }

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Object next() {
            if (++number == failsAt) {
                throw new Failed("no more");
            }
            return number;
        }

        @Override
        public void close() {
            t.log("items closed");
            if (closeFails) {
                throw new Failed("close");
            }
        }
    }

    static void delegationToAClosableIterator(Trace t) {
        steps(t, "g", over(t, Items.of(t, 9, false)), "next next close state");
    }

    static void delegationToAClosableIteratorExitThrownIn(Trace t) {
        steps(t, "g", over(t, Items.of(t, 9, false)), "next throw:exit state");
    }

    static void delegationToAClosableIteratorWhoseCloseFails(Trace t) {
        steps(t, "g", over(t, Items.of(t, 9, true)), "next close state");
    }

    static void delegationToAClosableIteratorThrowDoesNotCloseIt(Trace t) {
        steps(t, "g", over(t, Items.of(t, 9, false)), "next throw:boom state");
    }

    static void delegationToAFailingIterator(Trace t) {
        steps(t, "g", over(t, Items.of(t, 2, false)), "next next state");
    }
}
