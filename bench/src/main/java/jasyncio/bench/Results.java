package jasyncio.bench;

import jasyncio.bench.peer.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What the rounds of one benchmark measured, per peer, and what could not be measured.
 *
 * <p>Not thread-safe.
 */
final class Results {

    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();
    private final Map<String, String> missing = new LinkedHashMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    void add(Peer peer, Sample sample) {
        samples.computeIfAbsent(peer.name(), _ -> new ArrayList<>()).add(sample);
    }

    /** Notes that this machine cannot run the peer. */
    void miss(Peer peer, String reason) {
        missing.put(peer.name(), reason);
    }

    /** Notes that the peer failed; it is measured no further. */
    void fail(Peer peer, String reason) {
        failures.put(peer.name(), reason);
    }

    /** Whether the peer takes part in further rounds. */
    boolean runnable(Peer peer) {
        return !missing.containsKey(peer.name()) && !failures.containsKey(peer.name());
    }

    List<Sample> samples(String peer) {
        return List.copyOf(samples.getOrDefault(peer, List.of()));
    }

    Map<String, String> missing() {
        return missing;
    }

    Map<String, String> failures() {
        return failures;
    }

    /** The median of a figure over the peer's rounds, empty if it has none. */
    OptionalDouble median(String peer, ToDoubleFunction<Sample> figure) {
        double[] sorted = samples(peer).stream().mapToDouble(figure).sorted().toArray();
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }
}
