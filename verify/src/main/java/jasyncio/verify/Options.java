package jasyncio.verify;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command line of {@link Fuzz}. */
final class Options {
    static final String USAGE = """
            usage: verify/fuzz [--seed S] [--count N] [--backend loop|portable] [--python PATH] [--record FILE]
                   verify/fuzz --program FILE [--backend loop|portable] [--python PATH]
            Runs the programs of the seeds S to S+N-1 (1 and 1000 if not given), or that in FILE, on CPython 3.13 and on
            jasyncio, and compares what they did. A program that differs is shrunk and shown with both traces.
            --record writes all programs with CPython's traces to FILE, compressed, for the replay tests.
            Exit codes: 0 if none differs, 1 if one does, 2 for a wrong command line or a missing CPython.
            """;

    private static final int MAX_COUNT = 100_000_000;

    /** A command line that makes no sense. */
    static final class BadOptionException extends Exception {
        private static final long serialVersionUID = 1L;

        BadOptionException(String message) {
            super(message);
        }
    }

    long seed = 1;
    int count = 1000;

    @Nullable
    String backend;

    @Nullable
    Path python;

    @Nullable
    Path program;

    @Nullable
    Path record;

    static Options parse(List<String> arguments) throws BadOptionException {
        var options = new Options();
        var left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            String name = left.remove();
            String value = left.poll();
            if (value == null) {
                throw new BadOptionException(name + " needs a value");
            }
            options.set(name, value);
        }
        return options;
    }

    private void set(String name, String value) throws BadOptionException {
        switch (name) {
            case "--seed" -> seed = number(name, value);
            case "--count" -> count = count(value);
            case "--backend" -> backend = backend(value);
            case "--python" -> python = Path.of(value);
            case "--program" -> program = Path.of(value);
            case "--record" -> record = Path.of(value);
            default -> throw new BadOptionException("unknown option '" + name + "'");
        }
    }

    private static String backend(String value) throws BadOptionException {
        if (!value.equals("loop") && !value.equals("portable")) {
            throw new BadOptionException("--backend is loop or portable, not '" + value + "'");
        }
        return value;
    }

    private static int count(String value) throws BadOptionException {
        long count = number("--count", value);
        if (count < 0 || count > MAX_COUNT) {
            throw new BadOptionException("--count is from 0 to " + MAX_COUNT + ", not " + value);
        }
        return (int) count;
    }

    private static long number(String name, String value) throws BadOptionException {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new BadOptionException(name + " takes a whole number, not '" + value + "'");
        }
    }
}
