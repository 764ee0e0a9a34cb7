package jasyncio.verify;

import static java.util.stream.Collectors.joining;

import jasyncio.AsyncIterable;
import jasyncio.Asyncio;
import jasyncio.Future;
import jasyncio.ReturnWhen;
import jasyncio.WaitResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Waiting for several futures. */
final class Waiting {
    private Waiting() {}

    static void addTo(Vocabulary vocabulary) {
        vocabulary.suspending("wait", Waiting::waitForSome);
        vocabulary.nesting("asCompleted", Waiting::asCompleted);
    }

    /** Maps the named futures to their first name. */
    private static Map<Future<?>, String> named(Frame frame, Statement statement) {
        var futures = new LinkedHashMap<Future<?>, String>();
        for (String name : statement.texts("of")) {
            Future<?> future = frame.execution().named(name, Future.class);
            if (future != null) {
                futures.putIfAbsent(future, name);
            }
        }
        return futures;
    }

    private static void waitForSome(Frame frame, Statement statement) {
        Map<Future<?>, String> futures = named(frame, statement);
        ReturnWhen when = switch (statement.text("when")) {
            case "first" -> ReturnWhen.FIRST_COMPLETED;
            case "exception" -> ReturnWhen.FIRST_EXCEPTION;
            default -> ReturnWhen.ALL_COMPLETED;
        };
        Duration timeout = statement.lengthOrNull("us");
        WaitResult<Future<?>> result = timeout == null
                ? Asyncio.<Future<?>>wait(futures.keySet(), when)
                : Asyncio.<Future<?>>wait(futures.keySet(), when, timeout);
        frame.log("wait: done " + names(futures, result.done()) + ", pending " + names(futures, result.pending()));
    }

    private static String names(Map<Future<?>, String> futures, Set<Future<?>> some) {
        return some.stream().map(futures::get).collect(joining(" "));
    }

    private static @Nullable Returned asCompleted(Frame frame, Statement statement) throws Exception {
        Map<Future<?>, String> futures = named(frame, statement);
        Duration timeout = statement.lengthOrNull("us");
        AsyncIterable<Future<?>> completed = timeout == null
                ? Asyncio.<Future<?>>asCompleted(futures.keySet())
                : Asyncio.<Future<?>>asCompleted(futures.keySet(), timeout);
        for (Future<?> future : completed) {
            frame.log("asCompleted: " + futures.get(future) + " " + Words.standing(future));
            Returned returned = frame.block(statement.body("body"));
            if (returned != null) {
                return returned;
            }
        }
        frame.log("asCompleted: all");
        return null;
    }
}
