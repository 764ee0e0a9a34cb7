package jasyncio.bench.echo;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What the client measured of one server.
 *
 * @param requests how many messages went and came back
 * @param wallNanos the time that took
 * @param userNanos CPU time of the server in user mode
 * @param systemNanos CPU time of the server in the kernel
 * @param clientNanos CPU time of the client: near {@code wallNanos}, it is the client that limits
 * @param medianNanos half of the requests took no longer
 * @param tailNanos 99 of 100 requests took no longer
 */
public record EchoSample(
        long requests,
        long wallNanos,
        long userNanos,
        long systemNanos,
        long clientNanos,
        long medianNanos,
        long tailNanos) {

    private static final String MARK = "echo ";
    private static final int COMPONENTS = 7;

    /** CPU microseconds of the server per request. */
    public double cpuMicros() {
        return (userNanos + systemNanos) / 1e3 / requests;
    }

    public double userMicros() {
        return userNanos / 1e3 / requests;
    }

    public double systemMicros() {
        return systemNanos / 1e3 / requests;
    }

    public double perSecond() {
        return requests * 1e9 / wallNanos;
    }

    /** The part of the time in which the client was busy, 0 to 1. */
    public double clientLoad() {
        return (double) clientNanos / wallNanos;
    }

    public String toLine() {
        return MARK
                + LongStream.of(requests, wallNanos, userNanos, systemNanos, clientNanos, medianNanos, tailNanos)
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining(" "));
    }

    /** The sample among these lines of output, if there is one. */
    public static Optional<EchoSample> find(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith(MARK)).findFirst().map(EchoSample::parse);
    }

    private static EchoSample parse(String line) {
        long[] n = Arrays.stream(line.substring(MARK.length()).strip().split(" ", -1))
                .mapToLong(Long::parseLong)
                .toArray();
        if (n.length != COMPONENTS) {
            throw new IllegalArgumentException(
                    "A sample has %d numbers, got '%s' (please report)".formatted(COMPONENTS, line));
        }
        return new EchoSample(n[0], n[1], n[2], n[3], n[4], n[5], n[6]);
    }
}
