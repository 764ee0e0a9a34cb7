package jasyncio.bench.peer;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one child process measured, printed as one line of JSON.
 *
 * @param operations how many operations the measured section did
 * @param wallNanos the time it took
 * @param cpuNanos the user and system time that the whole process spent in it, threads of the JIT and the garbage collector included
 * @param bytes the heap that all the operations together hold, 0 where heap was not asked for
 */
public record Sample(long operations, long wallNanos, long cpuNanos, long bytes) {

    private static final Pattern LINE = Pattern.compile(
            "\\{\"operations\": (\\d+), \"wallNanos\": (\\d+), \"cpuNanos\": (\\d+), \"bytes\": (\\d+)}");

    /** A sample of memory. */
    public static Sample ofBytes(long operations, long bytes) {
        return new Sample(operations, 0, 0, Math.max(bytes, 0));
    }

    /** The line a child process ends with. */
    public String toJson() {
        return String.format(
                Locale.ROOT,
                "{\"operations\": %d, \"wallNanos\": %d, \"cpuNanos\": %d, \"bytes\": %d}",
                operations,
                wallNanos,
                cpuNanos,
                bytes);
    }

    /** The sample on this line of output, if it is one. */
    public static Optional<Sample> parse(String line) {
        Matcher matcher = LINE.matcher(line.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Sample(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                Long.parseLong(matcher.group(4))));
    }
}
