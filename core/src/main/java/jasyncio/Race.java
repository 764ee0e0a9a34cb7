package jasyncio;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Asyncio#staggeredRace} ended.
 *
 * {@snippet :
 * var race = staggeredRace(attempts, ofMillis(250));
 * var connection = race.result(); // or an ExceptionGroup that tells why each attempt failed
 * }
 *
 * @param winnerIndex the place of the winner among the bodies, from 0; empty if none has won
 * @param outcomes how each body that was started has ended, in the order of the bodies: the winner with its value, the others with what
 *     they threw, which is a {@link CancelledError} if they were overtaken
 * @param <T> the type of the bodies' values
 */
public record Race<T extends @Nullable Object>(OptionalInt winnerIndex, List<Outcome<T>> outcomes) {

    /** @throws IndexOutOfBoundsException if the winner is none of those that were started */
    public Race {
        outcomes = List.copyOf(outcomes);
        if (winnerIndex.isPresent()) {
            Objects.checkIndex(winnerIndex.getAsInt(), outcomes.size());
        }
    }

    /** Tells whether a body has returned a value, which may be null. */
    public boolean won() {
        return winnerIndex.isPresent();
    }

    /**
     * Returns the winner's value.
     *
     * @throws ExceptionGroup if all bodies failed, with what each of them threw
     * @throws NoSuchElementException if there were none
     */
    public T result() {
        if (won() && outcomes.get(winnerIndex.getAsInt()) instanceof Outcome.Success<T>(var value)) {
            return value;
        }
        if (outcomes.isEmpty()) {
            throw new NoSuchElementException("Nobody has won: the race had no bodies; ask won() first");
        }
        throw new ExceptionGroup(
                "nobody has won the race",
                exceptions().stream().filter(Objects::nonNull).toList());
    }

    /** Returns what each body that was started has thrown, in their order; null for the winner. */
    public List<@Nullable Throwable> exceptions() {
        return outcomes.stream().<@Nullable Throwable>map(Race::exception).toList();
    }

    private static @Nullable Throwable exception(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Success<?> _ -> null;
            case Outcome.Failure<?>(var exception) -> exception;
        };
    }
}
