package jasyncio.bench.peer;

import java.time.Duration;
import java.util.List;

/**
 * What a child process is to measure, handed over as its command line arguments.
 *
 * @param work the name of the work, such as {@code switch}
 * @param warmBatch operations per batch while warming up
 * @param batch operations per batch while measuring
 * @param operations the least number of operations to measure
 * @param warmUp how long to warm up at least
 * @param atLeast how long to measure at least
 * @param delay how long the measured tasks sleep, or over what span the measured timers spread
 */
public record Plan(
        String work, int warmBatch, int batch, long operations, Duration warmUp, Duration atLeast, Duration delay) {

    private static final int COMPONENTS = 7;

    /** The plan as arguments, in the order of the components, durations in milliseconds. */
    public List<String> toArguments() {
        return List.of(
                work,
                Integer.toString(warmBatch),
                Integer.toString(batch),
                Long.toString(operations),
                Long.toString(warmUp.toMillis()),
                Long.toString(atLeast.toMillis()),
                Long.toString(delay.toMillis()));
    }

    /** The plan that {@link #toArguments} wrote. */
    public static Plan parse(String... arguments) {
        if (arguments.length != COMPONENTS) {
            throw new IllegalArgumentException("A plan has %d arguments, got %d: %s; start peers through Bench"
                    .formatted(COMPONENTS, arguments.length, List.of(arguments)));
        }
        return new Plan(
                arguments[0],
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                Long.parseLong(arguments[3]),
                Duration.ofMillis(Long.parseLong(arguments[4])),
                Duration.ofMillis(Long.parseLong(arguments[5])),
                Duration.ofMillis(Long.parseLong(arguments[6])));
    }
}
