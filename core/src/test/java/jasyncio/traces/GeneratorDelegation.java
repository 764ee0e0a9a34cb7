package jasyncio.traces;

import static jasyncio.traces.GeneratorSteps.all;
import static jasyncio.traces.GeneratorSteps.generator;
import static jasyncio.traces.GeneratorSteps.outer;
import static jasyncio.traces.GeneratorSteps.plain;
import static jasyncio.traces.GeneratorSteps.steps;
import static jasyncio.traces.GeneratorSteps.sub;
import static jasyncio.traces.Words.show;

import jasyncio.generator.Generator;
import jasyncio.generator.GeneratorExit;
import jasyncio.generator.SendGenerator;
import jasyncio.generator.StopIteration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code yieldFrom} a generator: what passes through. */
final class GeneratorDelegation {
    private GeneratorDelegation() {}

    /** Level 1 is the innermost but one. */
    private static SendGenerator<Object, Object, Object> chain(Trace t, int depth) {
        var g = sub(t);
        for (int level = 1; level <= depth; level++) {
            g = outer(t, g, "level " + level);
        }
        return g;
    }

    static void delegationValuesAndResultPass(Trace t) {
        steps(t, "g", outer(t, sub(t)), "next next next next next");
    }

    static void delegationSendsPass(Trace t) {
        steps(t, "g", outer(t, sub(t)), "next send:a send:b send:c send:d");
    }

    static void delegationNoneIsSentAsNext(Trace t) {
        steps(t, "g", outer(t, sub(t)), "send:none send:none send:a");
    }

    static void delegationSendToAJustStartedOneIsRefused(Trace t) {
        var sub = sub(t);
        steps(t, "g", outer(t, sub), "send:a state");
        steps(t, "sub", sub, "state");
    }

    static void delegationThrowReachesTheDelegateFirst(Trace t) {
        steps(t, "g", outer(t, sub(t)), "next throw:boom state next");
    }

    static void delegationThrowCaughtByTheDelegate(Trace t) {
        var sub = generator(y -> {
            try {
                y.yield(1);
            } catch (Failed failure) {
                t.log("sub caught " + show(failure));
                y.yield(2);
            }
            return "calm";
        });
        steps(t, "g", outer(t, sub), "next throw:boom next next");
    }

    static void delegationThrowThatMakesTheDelegateReturn(Trace t) {
        var sub = generator(y -> {
            try {
                y.yield(1);
            } catch (Failed caught) {
                return "rescued";
            }
            return null;
        });
        steps(t, "g", outer(t, sub), "next throw:boom next");
    }

    static void delegationThrowReplacedByTheDelegate(Trace t) {
        var sub = plain(y -> {
            try {
                y.yield(1);
            } catch (Failed failure) {
                throw new Failed("replaced", failure);
            }
        });
        steps(t, "g", outer(t, sub), "next throw:boom state");
    }

    static void delegationThrowCaughtByTheDelegator(Trace t) {
        var g = plain(y -> {
            while (true) {
                try {
                    y.yieldFrom(sub(t));
                } catch (Failed failure) {
                    t.log("outer caught " + show(failure));
                }
            }
        });
        steps(t, "g", g, "next next throw:boom next throw:bang close");
    }

    static void delegationCloseGoesInsideOut(Trace t) {
        steps(t, "g", outer(t, sub(t)), "next close state");
    }

    @SuppressWarnings({"finally", "Finally"})
    static void delegationCloseWhenTheDelegateFails(Trace t) {
        var sub = plain(y -> {
            try {
                y.yield(1);
            } finally {
                throw new Failed("in cleanup");
            }
        });
        steps(t, "g", outer(t, sub), "next close state");
    }

    static void delegationCloseWhenTheDelegateIgnoresIt(Trace t) {
        var sub = plain(y -> {
            for (int number = 1; number <= 3; number++) {
                try {
                    y.yield(number);
                } catch (GeneratorExit exit) {
                    t.log("sub ignores");
                }
            }
        });
        steps(t, "g", outer(t, sub), "next close state next");
        steps(t, "sub", sub, "state next");
    }

    static void delegationCloseWhenTheDelegateReturns(Trace t) {
        var sub = generator(y -> {
            try {
                y.yield(1);
            } catch (GeneratorExit exit) {
                return "sub result";
            }
            return null;
        });
        steps(t, "g", outer(t, sub), "next close state");
    }

    static void delegationCloseWhenTheDelegatorReturns(Trace t) {
        var g = generator(y -> {
            try {
                y.yieldFrom(sub(t));
            } catch (GeneratorExit exit) {
                t.log("outer returns");
                return "outer result";
            }
            return null;
        });
        steps(t, "g", g, "next close state next");
    }

    static void delegationCloseWhenTheDelegatorGoesOn(Trace t) {
        var g = plain(y -> {
            try {
                y.yieldFrom(sub(t));
            } catch (GeneratorExit exit) {
                t.log("outer goes on");
                y.yieldFrom(sub(t, "second"));
            }
        });
        steps(t, "g", g, "next close next throw:boom state");
    }

    static void delegationCloseOfOneThatNeverBegan(Trace t) {
        var sub = sub(t);
        steps(t, "g", outer(t, sub), "close state");
        steps(t, "sub", sub, "state next");
    }

    static void delegationThrowIntoOneThatNeverBegan(Trace t) {
        var sub = sub(t);
        steps(t, "g", outer(t, sub), "throw:boom state");
        steps(t, "sub", sub, "state next");
    }

    static void delegationExitThrownInClosesTheDelegate(Trace t) {
        var sub = sub(t);
        steps(t, "g", outer(t, sub), "next throw:exit state");
        steps(t, "sub", sub, "state");
    }

    static void delegationExitThrownInThatTheDelegateIgnores(Trace t) {
        var sub = plain(y -> {
            try {
                y.yield(1);
            } catch (GeneratorExit exit) {
                y.yield(2);
            }
        });
        steps(t, "g", outer(t, sub), "next throw:exit state");
    }

    static void delegationExitThrownInThatTheDelegatorCatches(Trace t) {
        var g = plain(y -> {
            try {
                y.yieldFrom(sub(t));
            } catch (GeneratorExit exit) {
                t.log("outer goes on");
            }
            y.yield("late");
        });
        steps(t, "g", g, "next throw:exit next");
    }

    static void delegationExitRaisedByTheDelegate(Trace t) {
        var sub = plain(y -> {
            y.yield(1);
            throw new GeneratorExit();
        });
        steps(t, "g", outer(t, sub), "next next state");
    }

    static void delegationStopThrownIn(Trace t) {
        steps(t, "g", outer(t, sub(t)), "next throw:stop state");
    }

    static void delegationStopRaisedByTheDelegate(Trace t) {
        var sub = plain(y -> {
            y.yield(1);
            throw new StopIteration("escaped");
        });
        steps(t, "g", outer(t, sub), "next next state");
    }

    static void delegationThreeLevels(Trace t) {
        steps(t, "g", chain(t, 2), "next send:a send:b send:c send:d send:e next");
    }

    static void delegationTenLevelsOfSends(Trace t) {
        steps(t, "g", chain(t, 9), "next send:a send:b send:c send:d");
    }

    static void delegationTenLevelsClosed(Trace t) {
        steps(t, "g", chain(t, 9), "next next close state");
    }

    static void delegationTenLevelsThrownInto(Trace t) {
        steps(t, "g", chain(t, 9), "next next throw:boom state");
    }

    static void delegationTenLevelsExitThrownIn(Trace t) {
        steps(t, "g", chain(t, 9), "next throw:exit state");
    }

    static void delegationALevelInTheMiddleCatches(Trace t) {
        var lower = chain(t, 3);
        var g = generator(y -> {
            try {
                y.yieldFrom(lower);
            } catch (Failed failure) {
                t.log("middle caught " + show(failure));
                y.yield("middle goes on");
            }
            return "middle result";
        });
        for (int level = 5; level < 8; level++) {
            g = outer(t, g, "level " + level);
        }
        steps(t, "g", g, "next throw:boom next next");
    }

    private static SendGenerator<Object, Object, Object> replacing(int number) {
        return plain(y -> {
            try {
                if (number == 0) {
                    y.yield(0);
                } else {
                    y.yieldFrom(replacing(number - 1));
                }
            } catch (Failed failure) {
                throw new Failed(failure.getMessage() + number, failure);
            }
        });
    }

    static void delegationEachLevelReplacesTheFailure(Trace t) {
        steps(t, "g", replacing(7), "next throw:boom state");
    }

    private static SendGenerator<Object, Object, Object> adding(int number) {
        return generator(y -> number == 0 ? y.yield("bottom") : y.yieldFrom(adding(number - 1)) + "" + number);
    }

    static void delegationEachLevelAddsToTheResult(Trace t) {
        steps(t, "g", adding(8), "next send:x next");
    }

    static void delegationInsideTryAndWith(Trace t) {
        var g = plain(y -> {
            try {
                y.yieldFrom(sub(t));
            } finally {
                t.log("cleanup begins");
                y.yieldFrom(sub(t, "cleanup"));
                t.log("cleanup ends");
            }
        });
        steps(t, "g", g, "next throw:boom next next next state");
    }

    static void delegationCleanupThatYieldsWhileClosing(Trace t) {
        var g = plain(y -> {
            try {
                y.yieldFrom(sub(t));
            } finally {
                y.yieldFrom(sub(t, "cleanup"));
            }
        });
        steps(t, "g", g, "next close state close state");
    }

    static void delegationOneAfterAnother(Trace t) {
        var g = generator(y -> {
            Object first = y.yieldFrom(sub(t, "first"));
            Object second = y.yieldFrom(sub(t, "second"));
            return first + ", " + second;
        });
        steps(t, "g", g, "next next next next next next next");
    }

    private static SendGenerator<Object, Object, Object> total() {
        return generator(y -> {
            int sum = 0;
            while (y.yield(sum) instanceof String value) {
                sum += value.length();
            }
            return sum;
        });
    }

    static void delegationGroupingTotals(Trace t) {
        List<Object> results = new ArrayList<>();
        var g = plain(y -> {
            while (true) {
                results.add(y.yieldFrom(total()));
            }
        });
        steps(t, "g", g, "next send:a send:bb next send:ccc send:d next close");
        t.log(show(results));
    }

    private record Tree(
            @Nullable Tree left, int value, @Nullable Tree right) {
        static @Nullable Tree of(int low, int high) {
            int middle = (low + high) / 2;
            return low > high ? null : new Tree(of(low, middle - 1), middle, of(middle + 1, high));
        }
    }

    private static Generator<Object> walk(@Nullable Tree tree, int failing) {
        return plain(y -> {
            if (tree != null) {
                y.yieldFrom(walk(tree.left(), failing));
                if (tree.value() == failing) {
                    throw new Failed("six");
                }
                y.yield(tree.value());
                y.yieldFrom(walk(tree.right(), failing));
            }
        });
    }

    static void delegationWalksATree(Trace t) {
        t.log(show(all(walk(Tree.of(1, 31), -1))));
    }

    static void delegationWalksATreeUpToAFailure(Trace t) {
        steps(t, "g", walk(Tree.of(1, 9), 6), "next next next next next next state");
    }

    private static Generator<Object> flatten(List<?> items) {
        return plain(y -> {
            for (Object item : items) {
                if (item instanceof List<?> list) {
                    y.yieldFrom(flatten(list));
                } else {
                    y.yield(item);
                }
            }
        });
    }

    static void delegationFlattens(Trace t) {
        t.log(show(all(flatten(List.of(1, List.of(2, List.of(3, List.of()), 4), List.of(List.of(List.of(5))), 6)))));
    }

    private static Generator<Object> down(int number) {
        return plain(y -> {
            if (number > 0) {
                y.yield(number);
                y.yieldFrom(down(number - 1));
            }
        });
    }

    static void delegationCountsDown(Trace t) {
        t.log(show(all(down(100)).stream().mapToInt(each -> (int) each).sum()));
    }

    static void delegationByHandDoesNotClose(Trace t) {
        var sub = sub(t);
        var g = plain(y -> {
            for (Object each : sub) {
                y.yield(each);
            }
        });
        steps(t, "g", g, "next close");
        steps(t, "sub", sub, "state next");
    }
}
