package jasyncio.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The command line.
 *
 * @param names the benchmarks asked for, or variants of them such as {@code queue-1} or {@code echo-passing-epoll-100}; none means all
 * @param quick whether to run few operations, to see that everything works
 * @param rounds how often to measure each peer; absent means as often as the benchmark says
 * @param json where to write every sample, in JSON
 */
record Options(List<String> names, boolean quick, OptionalInt rounds, Optional<Path> json, boolean help) {

    static final String USAGE = """
        Usage: jasyncio bench [NAME...] [--quick] [--rounds N] [--json FILE]

        Runs the benchmarks named, or all, each beside its peers, and prints a table and ratio lines.

          --quick      few operations, one round: shows that it works, its figures mean nothing
          --rounds N   measure every peer N times and take the median
          --json FILE  write every sample to FILE
        """;

    /** What was asked for cannot be done; the message says why. */
    static final class UsageException extends Exception {

        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    /** Tells whether the whole of a group is asked for. */
    boolean wants(String group) {
        return names.isEmpty() || names.contains(group);
    }

    static Options parse(String... arguments) throws UsageException {
        List<String> names = new ArrayList<>();
        boolean quick = false;
        boolean help = false;
        OptionalInt rounds = OptionalInt.empty();
        Optional<Path> json = Optional.empty();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            switch (argument) {
                case "--quick" -> quick = true;
                case "--help", "-h" -> help = true;
                case "--rounds" -> rounds = OptionalInt.of(positive(value(arguments, ++i, argument)));
                case "--json" -> json = Optional.of(Path.of(value(arguments, ++i, argument)));
                default -> names.add(name(argument));
            }
        }
        return new Options(List.copyOf(names), quick, rounds, json, help);
    }

    private static String name(String argument) throws UsageException {
        if (argument.startsWith("-")) {
            throw new UsageException("Unknown option %s; known are --quick, --rounds, --json".formatted(argument));
        }
        if (!Catalogue.knows(argument)) {
            throw new UsageException("No benchmark is named %s; there are %s"
                    .formatted(argument, String.join(", ", Catalogue.groups())));
        }
        return argument;
    }

    private static String value(String[] arguments, int index, String option) throws UsageException {
        if (index >= arguments.length) {
            throw new UsageException("Option %s needs a value".formatted(option));
        }
        return arguments[index];
    }

    private static int positive(String value) throws UsageException {
        try {
            int number = Integer.parseInt(value);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below, like a number out of range
        }
        throw new UsageException("--rounds takes a number of 1 or more, got %s".formatted(value));
    }
}
