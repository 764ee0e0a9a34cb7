package jasyncio.traces;

import static jasyncio.traces.GeneratorSteps.all;
import static jasyncio.traces.GeneratorSteps.counter;
import static jasyncio.traces.GeneratorSteps.generator;
import static jasyncio.traces.GeneratorSteps.plain;
import static jasyncio.traces.GeneratorSteps.steps;
import static jasyncio.traces.Words.show;
import static java.util.stream.Collectors.joining;

import jasyncio.generator.Generator;
import jasyncio.generator.SendGenerator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The life of one generator: next and send in every state, and what generators are for. */
final class Generators {
    private Generators() {}

    private static SendGenerator<Object, Object, Object> echo(Trace t) {
        return generator(y -> {
            Object got = y.yield("ready");
            while (true) {
                t.log("got " + show(got));
                got = y.yield(got);
            }
        });
    }

    static void generatorRunsNothingBeforeTheFirstNext(Trace t) {
        var g = counter(t);
        steps(t, "g", g, "state");
        t.log("created");
        steps(t, "g", g, "next state");
    }

    static void generatorRunsFromYieldToYield(Trace t) {
        steps(t, "g", counter(t), "next next next");
    }

    static void generatorResultComesOnce(Trace t) {
        steps(t, "g", counter(t), "next next next next state next");
    }

    static void generatorWithoutAYield(Trace t) {
        var g = generator(_ -> {
            t.log("runs");
            return "early";
        });
        steps(t, "g", g, "state next state next");
    }

    static void generatorSendIsWhatTheYieldReturns(Trace t) {
        steps(t, "g", echo(t), "next send:a send:b send:c");
    }

    static void generatorNextSendsNone(Trace t) {
        steps(t, "g", echo(t), "next send:a next next send:b");
    }

    static void generatorSendNoneStarts(Trace t) {
        steps(t, "g", echo(t), "send:none send:a");
    }

    static void generatorSendToAJustStartedOneIsRefused(Trace t) {
        steps(t, "g", echo(t), "send:a state next send:b");
    }

    static void generatorSendToAnEndedOne(Trace t) {
        steps(t, "g", counter(t), "next next next send:a send:none");
    }

    static void generatorSendToAClosedOneThatNeverBegan(Trace t) {
        steps(t, "g", echo(t), "close send:a next");
    }

    static void generatorStatesAtEachPoint(Trace t) {
        var g = new ArrayList<SendGenerator<Object, Object, Object>>();
        g.add(plain(y -> {
            steps(t, "inside", g.getFirst(), "state");
            y.yield(1);
            steps(t, "inside", g.getFirst(), "state");
            try {
                y.yield(2);
            } finally {
                steps(t, "in finally", g.getFirst(), "state");
            }
        }));
        steps(t, "g", g.getFirst(), "state next state next state close state");
    }

    static void generatorIsCreatedAgainByItsFunction(Trace t) {
        var a = counter(t);
        var b = counter(t);
        steps(t, "a", a, "next next");
        steps(t, "b", b, "next state");
        steps(t, "a", a, "next state");
        steps(t, "b", b, "next");
    }

    /** Runs a script from inside the body, then yields 1. */
    private static void fromInside(Trace t, String script, String after) {
        var g = new ArrayList<SendGenerator<Object, Object, Object>>();
        g.add(plain(y -> {
            steps(t, "inside", g.getFirst(), script);
            y.yield(1);
            if (!after.isEmpty()) {
                steps(t, "inside", g.getFirst(), after);
            }
        }));
        steps(t, "g", g.getFirst(), "next next");
    }

    static void generatorNextFromInsideIsRefused(Trace t) {
        fromInside(t, "next state", "");
    }

    static void generatorSendFromInsideIsRefused(Trace t) {
        fromInside(t, "send:x send:none", "send:x");
    }

    static void generatorThrowFromInsideIsRefused(Trace t) {
        fromInside(t, "throw:boom throw:exit throw:stop", "");
    }

    static void generatorCloseFromInsideIsRefused(Trace t) {
        fromInside(t, "close state", "");
    }

    static void generatorThatAdvancesItselfFails(Trace t) {
        var g = new ArrayList<SendGenerator<Object, Object, Object>>();
        g.add(plain(y -> {
            y.yield(1);
            y.yield(g.getFirst().next());
        }));
        steps(t, "g", g.getFirst(), "next next state next");
    }

    static void generatorForInsideOverItselfIsRefused(Trace t) {
        var g = new ArrayList<SendGenerator<Object, Object, Object>>();
        g.add(plain(y -> {
            y.yield(1);
            try {
                for (Object _ : g.getFirst()) {
                    t.log("never");
                }
            } catch (IllegalStateException refusal) {
                t.log(show(refusal));
            }
            y.yield(2);
        }));
        steps(t, "g", g.getFirst(), "next next next");
    }

    static void generatorTwoThatAdvanceEachOther(Trace t) {
        Map<String, SendGenerator<Object, Object, Object>> generators = new HashMap<>();
        for (String name : List.of("a", "b")) {
            generators.put(name, plain(y -> {
                steps(t, "in " + name, generators.get(name.equals("a") ? "b" : "a"), "next state");
                y.yield(name);
            }));
        }
        steps(t, "a", generators.get("a"), "next state next");
        steps(t, "b", generators.get("b"), "state next");
    }

    static void generatorClosedByAnotherItAdvanced(Trace t) {
        var g = new ArrayList<SendGenerator<Object, Object, Object>>();
        g.add(plain(y -> {
            var inner = plain(z -> {
                steps(t, "inner", g.getFirst(), "close throw:boom");
                z.yield(1);
            });
            y.yield(inner.next());
        }));
        steps(t, "g", g.getFirst(), "next close");
    }

    private static List<Object> first(int count, Generator<Object> generator) {
        var values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(generator.next());
        }
        return values;
    }

    static void generatorInAForLoop(Trace t) {
        t.log(show(all(counter(t))));
    }

    static void generatorInTwoForLoops(Trace t) {
        var g = counter(t);
        for (Object number : g) {
            t.log("first " + number);
        }
        for (Object number : g) {
            t.log("second " + number);
        }
        steps(t, "g", g, "state next");
    }

    static void generatorGoesOnAfterAForLoopWasLeft(Trace t) {
        var g = counter(t);
        for (Object number : g) {
            t.log("loop " + number);
            break;
        }
        steps(t, "g", g, "state next");
    }

    static void generatorFailureReachesTheForLoop(Trace t) {
        var g = plain(y -> {
            y.yield(1);
            throw new Failed("boom");
        });
        t.attempt("loop", () -> {
            for (Object number : g) {
                t.log("loop " + number);
            }
        });
    }

    static void generatorYieldsNone(Trace t) {
        var g = plain(y -> {
            Object got = y.yield();
            t.log("got " + show(got));
            y.yield(null);
        });
        steps(t, "g", g, "next send:x next");
    }

    static void generatorAverages(Trace t) {
        var g = generator(y -> {
            int total = 0;
            int count = 0;
            Object average = null;
            while (y.yield(average) instanceof String value) {
                total += value.length();
                count++;
                average = total / count;
            }
            return count + " values";
        });
        steps(t, "g", g, "next send:aa send:aaaa send:aaaaaaaaa next");
    }

    static void generatorEndlessIsTakenFrom(Trace t) {
        var fib = plain(y -> {
            for (int a = 0, b = 1; ; ) {
                y.yield(b);
                b += a;
                a = b - a;
            }
        });
        t.log(show(first(12, fib)));
        steps(t, "fib", fib, "close state");
    }

    static void generatorPipeline(Trace t) {
        var origin = plain(y -> {
            try {
                for (int number = 1; number < 100; number++) {
                    y.yield(number);
                }
            } finally {
                t.log("source closed");
            }
        });
        var odd = plain(y -> {
            for (Object number : origin) {
                if ((int) number % 2 != 0) {
                    y.yield(number);
                }
            }
        });
        var last = plain(y -> {
            for (Object number : odd) {
                y.yield((int) number * (int) number);
            }
        });
        t.log(show(first(4, last)));
        steps(t, "last", last, "close");
        steps(t, "origin", origin, "state next close");
    }

    static void generatorSieve(Trace t) {
        var primes = plain(y -> {
            Generator<Object> numbers = plain(z -> {
                for (int number = 2; ; number++) {
                    z.yield(number);
                }
            });
            while (true) {
                Object prime = numbers.next();
                y.yield(prime);
                numbers = without((int) prime, numbers);
            }
        });
        t.log(show(first(15, primes)));
    }

    private static Generator<Object> without(int prime, Generator<Object> numbers) {
        return plain(y -> {
            for (Object number : numbers) {
                if ((int) number % prime != 0) {
                    y.yield(number);
                }
            }
        });
    }

    private static Generator<Object> permutations(String items) {
        return plain(y -> {
            if (items.isEmpty()) {
                y.yield("");
            }
            for (int i = 0; i < items.length(); i++) {
                for (Object rest : permutations(items.substring(0, i) + items.substring(i + 1))) {
                    y.yield(items.substring(i, i + 1) + rest);
                }
            }
        });
    }

    static void generatorPermutations(Trace t) {
        t.log(all(permutations("abcd")).stream().map(Object::toString).collect(joining(" ")));
    }

    private static Generator<Object> queens(int size, int row, List<Integer> columns) {
        return plain(y -> {
            if (row == size) {
                y.yield(columns.stream().map(Object::toString).collect(joining()));
                return;
            }
            for (int each = 0; each < size; each++) {
                int column = each;
                if (IntStream.range(0, row)
                        .allMatch(above ->
                                column != columns.get(above) && row - above != Math.abs(column - columns.get(above)))) {
                    var more =
                            Stream.concat(columns.stream(), Stream.of(column)).toList();
                    for (Object solution : queens(size, row + 1, more)) {
                        y.yield(solution);
                    }
                }
            }
        });
    }

    static void generatorQueens(Trace t) {
        t.log(all(queens(6, 0, List.of())).stream().map(Object::toString).collect(joining(" ")));
    }
}
