package jasyncio.traces;

import static jasyncio.traces.Words.show;

import jasyncio.generator.Generator;
import jasyncio.generator.GeneratorExit;
import jasyncio.generator.SendGenerator;
import jasyncio.generator.StopIteration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the cases of generators are made of. */
final class GeneratorSteps {
    private GeneratorSteps() {}

    /** A generator that needs no types. */
    static SendGenerator<Object, Object, Object> generator(SendGenerator.Body<Object, Object, Object> body) {
        return SendGenerator.of(body);
    }

    /** A body that returns nothing. */
    interface Plain {
        void run(SendGenerator.Yielder<Object, Object> y) throws Exception;
    }

    static SendGenerator<Object, Object, Object> plain(Plain body) {
        return SendGenerator.of(y -> {
            body.run(y);
            return null;
        });
    }

    /**
     * Does one step after the other to a generator and logs each outcome: {@code next}, {@code send:VALUE}, {@code throw:WHAT},
     * {@code close}, {@code state}; WHAT is {@code exit} for GeneratorExit, {@code end} and {@code stop} for StopIteration without and with a
     * value, or else the message of a failure.
     */
    static void steps(Trace t, String name, Generator<Object> generator, String script) {
        for (String step : script.split(" ")) {
            String[] parts = step.split(":");
            t.attempt(name + " " + step, () -> step(generator, parts[0], parts.length == 1 ? "" : parts[1]));
        }
    }

    private static @Nullable Object step(Generator<Object> generator, String step, String argument) {
        return switch (step) {
            case "next" -> generator.next();
            case "send" -> send(generator, argument.equals("none") ? null : argument);
            case "throw" -> generator.throwIn(thrown(argument));
            case "close" -> {
                generator.close();
                yield null;
            }
            case "state" -> generator.state().name().toLowerCase(Locale.ROOT);
            default -> throw new AssertionError(step);
        };
    }

    @SuppressWarnings("unchecked") // the cases send objects to generators of objects
    private static Object send(Generator<Object> generator, @Nullable Object value) {
        return ((SendGenerator<Object, Object, Object>) generator).send(value);
    }

    private static Throwable thrown(String what) {
        return switch (what) {
            case "exit" -> new GeneratorExit();
            case "end" -> new StopIteration(null);
            case "stop" -> new StopIteration("stop");
            default -> new Failed(what);
        };
    }

    /** Logs what comes in. */
    static void got(Trace t, String name, @Nullable Object value) {
        t.log(name + " got " + show(value));
    }

    static List<Object> all(Generator<Object> generator) {
        var values = new ArrayList<>();
        generator.forEach(values::add);
        return values;
    }

    // ---- generators that many cases share

    static SendGenerator<Object, Object, Object> counter(Trace t) {
        return generator(y -> {
            t.log("begins");
            for (int number = 1; number <= 2; number++) {
                y.yield(number);
                t.log("after " + number);
            }
            return "result";
        });
    }

    static SendGenerator<Object, Object, Object> guarded(Trace t) {
        return plain(y -> {
            try {
                y.yield(1);
                y.yield(2);
            } finally {
                t.log("finally");
            }
        });
    }

    /** Logs whatever comes in. */
    static SendGenerator<Object, Object, Object> sub(Trace t) {
        return sub(t, "sub");
    }

    static SendGenerator<Object, Object, Object> sub(Trace t, String name) {
        return generator(y -> {
            try {
                for (int number = 0; number < 3; number++) {
                    got(t, name, y.yield(name + " " + number));
                }
            } catch (Throwable e) {
                t.log(name + " met " + show(e));
                throw e;
            }
            return name + " result";
        });
    }

    static SendGenerator<Object, Object, Object> outer(Trace t, SendGenerator<Object, Object, Object> sub) {
        return outer(t, sub, "outer");
    }

    static SendGenerator<Object, Object, Object> outer(
            Trace t, SendGenerator<Object, Object, Object> sub, String name) {
        return plain(y -> {
            try {
                t.log(name + " has " + show(y.yieldFrom(sub)));
            } catch (Throwable e) {
                t.log(name + " met " + show(e));
                throw e;
            }
            got(t, name, y.yield(name + " last"));
        });
    }
}
