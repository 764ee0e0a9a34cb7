package jasyncio.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What the rounds measured of each server. Not thread-safe.
 *
 * @param <S> what is measured of one server in one round
 */
final class ServerResults<S> {
    private final Map<String, List<S>> samples = new LinkedHashMap<>();
    private final Map<String, String> missing = new LinkedHashMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    void add(String server, S sample) {
        samples.computeIfAbsent(server, _ -> new ArrayList<>()).add(sample);
    }

    /** Notes that this machine cannot run the server. */
    void miss(String server, String reason) {
        missing.put(server, reason);
    }

    /** Notes that the server failed; it is measured no further. */
    void fail(String server, String reason) {
        failures.put(server, reason);
    }

    boolean runnable(String server) {
        return !missing.containsKey(server) && !failures.containsKey(server);
    }

    Map<String, String> missing() {
        return missing;
    }

    Map<String, String> failures() {
        return failures;
    }

    Iterable<String> servers() {
        return samples.keySet();
    }

    /** The figure in each round, the smallest first. */
    double[] sorted(String server, ToDoubleFunction<S> figure) {
        return samples.getOrDefault(server, List.of()).stream()
                .mapToDouble(figure)
                .sorted()
                .toArray();
    }

    OptionalDouble median(String server, ToDoubleFunction<S> figure) {
        double[] sorted = sorted(server, figure);
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }
}
