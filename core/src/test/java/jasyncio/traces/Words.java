package jasyncio.traces;

import static java.util.stream.Collectors.joining;

import jasyncio.CancelledError;
import jasyncio.ExceptionGroup;
import jasyncio.Future;
import jasyncio.InvalidStateException;
import jasyncio.KeyboardInterrupt;
import jasyncio.Outcome;
import jasyncio.StopAsyncIteration;
import jasyncio.generator.GeneratorExit;
import jasyncio.generator.StopIteration;
import jasyncio.queue.QueueEmptyException;
import jasyncio.queue.QueueFullException;
import jasyncio.queue.QueueShutDownException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.NoSuchElementException;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How logs name values and exceptions: in words that belong neither to Python nor to Java. */
final class Words {
    private Words() {}

    static String show(@Nullable Object value) {
        return switch (value) {
            case null -> "none";
            case Boolean yes -> yes ? "yes" : "no";
            case Double number -> seconds(Trace.seconds(number));
            case Instant moment -> seconds(Duration.between(Instant.EPOCH, moment));
            case Outcome.Success<?>(var result) -> show(result);
            case Outcome.Failure<?>(var exception) -> describe(exception);
            case Throwable exception -> describe(exception);
            case Collection<?> values -> values.stream().map(Words::show).collect(joining(", ", "[", "]"));
            default -> value.toString();
        };
    }

    static String describe(@Nullable Throwable exception) {
        return switch (exception) {
            case null -> "no exception";
            case CancelledError cancellation -> {
                String message = cancellation.getMessage();
                yield message == null || message.isEmpty() ? "cancelled" : "cancelled: " + message;
            }
            case Failed failure -> "failed: " + failure.getMessage();
            case ExceptionGroup group ->
                group.exceptions().stream().map(Words::describe).collect(joining(", ", "group[", "]"));
            case TimeoutException _ -> "timed out";
            case InvalidStateException _ -> "invalid state";
            case KeyboardInterrupt _ -> "keyboard interrupt";
            case BrokenBarrierException _ -> "barrier broken";
            case QueueEmptyException _ -> "queue empty";
            case QueueFullException _ -> "queue full";
            case QueueShutDownException _ -> "queue shut down";
            case StopAsyncIteration _ -> "end of iteration";
            case GeneratorExit _ -> "generator exit";
            case StopIteration end -> end.value() == null ? "ended" : "ended: " + show(end.value());
            case NoSuchElementException _ -> "no value";
            case IllegalStateException _, IllegalArgumentException _, UnsupportedOperationException _ -> "refused";
            default -> throw new AssertionError("A case met an exception that has no name in the logs", exception);
        };
    }

    /** Where a future stands; the message of a cancellation is left unread. */
    static String standing(Future<?> future) {
        if (!future.done()) {
            return "pending";
        }
        if (future.cancelled()) {
            return "cancelled";
        }
        Throwable exception = future.exception();
        return exception == null ? show(future.result()) : describe(exception);
    }

    /** A length of time in seconds, to the millisecond, without trailing zeros. */
    static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 9)
                .setScale(3, RoundingMode.HALF_EVEN)
                .add(BigDecimal.ZERO)
                .stripTrailingZeros()
                .toPlainString();
    }
}
