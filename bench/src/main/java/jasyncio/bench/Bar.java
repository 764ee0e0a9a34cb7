package jasyncio.bench;

import java.util.Optional;

/**
 * A bar that jasyncio is to stay under.
 *
 * @param peer the peer whose figure it is a multiple of; without one the limit is absolute, in the unit of the measure
 * @param limit the largest ratio, or figure, that meets it
 */
record Bar(Optional<String> peer, double limit) {

    /** At most this many times the figure of the peer. */
    static Bar times(String peer, double limit) {
        return new Bar(Optional.of(peer), limit);
    }

    /** At most this figure. */
    static Bar absolute(double limit) {
        return new Bar(Optional.empty(), limit);
    }
}
