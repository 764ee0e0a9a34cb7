package jasyncio;

import org.jspecify.annotations.Nullable;

/**
 * How something ended, as a value for a {@code switch}.
 *
 * {@snippet :
 * switch (outcome) {
 *     case Outcome.Success(var page) -> show(page);
 *     case Outcome.Failure(CancelledError _) -> {}
 *     case Outcome.Failure(var problem) -> log(problem);
 * }
 * }
 *
 * @param <T> the type of the value
 */
public sealed interface Outcome<T extends @Nullable Object> {

    /** It returned a value. */
    record Success<T extends @Nullable Object>(T value) implements Outcome<T> {}

    /** It threw; {@link CancelledError} if it was cancelled. */
    record Failure<T extends @Nullable Object>(Throwable exception) implements Outcome<T> {}
}
