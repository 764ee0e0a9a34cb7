package jasyncio.verify;

import static java.util.stream.Collectors.joining;

import jasyncio.CancelledError;
import jasyncio.ExceptionGroup;
import jasyncio.Future;
import jasyncio.InvalidStateException;
import jasyncio.Outcome;
import jasyncio.queue.QueueEmptyException;
import jasyncio.queue.QueueFullException;
import jasyncio.queue.QueueShutDownException;
import java.util.Collection;
import java.util.NoSuchElementException;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How traces name values and exceptions: in words that belong neither to Python nor to Java. */
final class Words {
    private Words() {}

    static String show(@Nullable Object value) {
        return switch (value) {
            case null -> "none";
            case Boolean yes -> yes ? "yes" : "no";
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
            case QueueEmptyException _ -> "empty";
            case QueueFullException _ -> "full";
            case QueueShutDownException _ -> "shut down";
            case BrokenBarrierException _ -> "broken";
            case NoSuchElementException _ -> "no value";
            case IllegalStateException _, IllegalArgumentException _, UnsupportedOperationException _ -> "refused";
            default -> "unexpected " + exception;
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

    /** Tells whether a program's {@code catch} of this kind catches the exception. */
    static boolean catches(String kind, Throwable exception) {
        return switch (kind) {
            case "none" -> false;
            case "any" -> true;
            case "cancelled" -> exception instanceof CancelledError;
            case "failed" -> exception instanceof Failed;
            case "timeout" -> exception instanceof TimeoutException;
            case "group" -> exception instanceof ExceptionGroup;
            default -> throw new IllegalArgumentException("Unknown kind of exception: " + kind);
        };
    }
}
