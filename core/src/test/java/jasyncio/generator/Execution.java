package jasyncio.generator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs a random program and logs what its Python form logs; the grammar is told in {@code src/test/python/generators}. */
final class Execution {
    private static final int MOST_LINES = 150;
    private static final int MOST_DRAINED = 20;

    /** What programs throw to fail. */
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }

    /** What a return statement hands up. */
    private record Returned(String value) {}

    private final List<String> lines = new ArrayList<>();
    private final Map<String, List<List<?>>> bodies = new LinkedHashMap<>();
    private final Map<String, SendGenerator<Object, Object, Object>> generators = new LinkedHashMap<>();

    private Execution(Program program) {
        for (int i = 0; i < program.bodies().size(); i++) {
            bodies.put(
                    "abcd".substring(i, i + 1), Program.lists(program.bodies().get(i)));
        }
        bodies.keySet().forEach(name -> generators.put(name, create(name, name)));
    }

    static List<String> logOf(Program program) {
        var execution = new Execution(program);
        for (List<?> step : program.steps()) {
            execution.ask("main", step);
        }
        return List.copyOf(execution.lines.subList(0, Math.min(MOST_LINES, execution.lines.size())));
    }

    private SendGenerator<Object, Object, Object> create(String name, String label) {
        return SendGenerator.of(y -> {
            Returned returned = new Frame(label, y).run(bodies.get(name));
            return returned == null ? null : returned.value();
        });
    }

    private void ask(String label, List<?> step) {
        String outcome;
        try {
            outcome = show(dare(step));
        } catch (Throwable e) {
            outcome = describe(e);
        }
        lines.add("%s %s %s: %s".formatted(label, step.get(0), step.get(1), outcome));
    }

    private @Nullable Object dare(List<?> step) {
        var generator = generators.get((String) step.get(1));
        String argument = (String) step.get(2);
        return switch ((String) step.get(0)) {
            case "next" -> generator.next();
            case "send" -> generator.send(argument.equals("none") ? null : argument);
            case "throw" -> generator.throwIn(exception(argument));
            case "close" -> {
                generator.close();
                yield null;
            }
            case "state" -> generator.state().name().toLowerCase(Locale.ROOT);
            case "drain" -> {
                var drained = new ArrayList<>();
                for (Iterator<Object> items = generator.iterator();
                        drained.size() < MOST_DRAINED && items.hasNext(); ) {
                    drained.add(items.next());
                }
                yield drained;
            }
            default -> throw new AssertionError(step);
        };
    }

    private static Throwable exception(String what) {
        return switch (what) {
            case "exit" -> new GeneratorExit();
            case "stop" -> new StopIteration("0");
            default -> new Failed(what);
        };
    }

    private static boolean matches(String kind, Throwable e) {
        return switch (kind) {
            case "failed" -> e instanceof Failed;
            case "exit" -> e instanceof GeneratorExit;
            case "refused" -> e instanceof IllegalStateException;
            case "stop" -> e instanceof StopIteration;
            case "any" -> true;
            default -> false;
        };
    }

    private static String describe(Throwable exception) {
        return switch (exception) {
            case StopIteration e -> e.value() == null ? "ended" : "ended: " + show(e.value());
            case GeneratorExit _ -> "exit";
            case Failed e -> "failed: " + e.getMessage();
            case IllegalStateException _ -> "refused";
            default -> "unexpected " + exception;
        };
    }

    private static String show(@Nullable Object value) {
        return value == null ? "none" : value.toString();
    }

    /** One running body. */
    private final class Frame {
        private final String me;
        private final SendGenerator.Yielder<Object, Object> y;

        Frame(String me, SendGenerator.Yielder<Object, Object> y) {
            this.me = me;
            this.y = y;
        }

        @Nullable
        Returned run(List<List<?>> statements) {
            for (List<?> statement : statements) {
                Returned returned = run(statement, (String) statement.getFirst());
                if (returned != null) {
                    return returned;
                }
            }
            return null;
        }

        private @Nullable Returned run(List<?> statement, String kind) {
            switch (kind) {
                case "yield" -> log("got " + show(y.yield(word(statement, 1))));
                case "from" -> {
                    String name = word(statement, 1);
                    log("from " + name + ": " + show(y.yieldFrom(generators.get(name))));
                }
                case "fresh" -> {
                    String name = word(statement, 1);
                    log("from new " + name + ": " + show(y.yieldFrom(create(name, me + name))));
                }
                case "items" -> {
                    y.yieldFrom(statement.subList(1, statement.size()));
                    log("has no more items");
                }
                case "closable" -> {
                    Iterator<Object> items =
                            new Closable(Integer.parseInt(word(statement, 1)), word(statement, 2), this::log);
                    y.yieldFrom(() -> items);
                    log("has no more items");
                }
                case "ask" -> ask(me, statement.subList(1, statement.size()));
                case "dare" -> {
                    String outcome = show(dare(statement.subList(1, statement.size())));
                    log("%s %s: %s".formatted(statement.get(1), statement.get(2), outcome));
                }
                case "log" -> log("logs " + word(statement, 1));
                case "raise" -> throw Execution.<RuntimeException>unchecked(exception(word(statement, 1)));
                case "return" -> {
                    return new Returned(word(statement, 1));
                }
                case "twice" -> {
                    List<List<?>> body = Program.lists(statement.get(1));
                    Returned returned = run(body);
                    return returned == null ? run(body) : returned;
                }
                case "try" -> {
                    return runTry(statement);
                }
                default -> throw new AssertionError(statement);
            }
            return null;
        }

        @SuppressWarnings({"finally", "Finally"}) // a program may return there
        private @Nullable Returned runTry(List<?> statement) {
            List<List<?>> last = Program.lists(statement.get(4));
            try {
                return run(Program.lists(statement.get(1)));
            } catch (Throwable e) {
                if (!matches(word(statement, 2), e)) {
                    throw e;
                }
                log("caught " + describe(e));
                return run(Program.lists(statement.get(3)));
            } finally {
                if (!last.isEmpty()) {
                    log("finally");
                    Returned returned = run(last);
                    if (returned != null) {
                        return returned;
                    }
                }
            }
        }

        private void log(String text) {
            lines.add(me + " " + text);
        }
    }

    private static String word(List<?> statement, int index) {
        return (String) statement.get(index);
    }

    /** An iterator that can be closed and is no generator. */
    private static final class Closable implements Iterator<Object>, AutoCloseable {
        private final String fate;
        private final Consumer<String> log;
        private int left;

        Closable(int count, String fate, Consumer<String> log) {
            left = count;
            this.fate = fate;
            this.log = log;
        }

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public Object next() {
            left--;
            return -left;
        }

        @Override
        public void close() {
            log.accept("closes its items");
            if (!fate.equals("none")) {
                throw Execution.<RuntimeException>unchecked(exception(fate));
            }
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X unchecked(Throwable e) throws X {
        throw (X) e;
    }
}
