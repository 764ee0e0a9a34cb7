package jasyncio.traces;

import static jasyncio.Asyncio.sleep;

import jasyncio.Action;
import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.Task;
import jasyncio.sync.Held;
import jasyncio.testing.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a case logs with, and the bodies of tasks that many cases share. */
final class Trace {
    private final List<String> lines = new ArrayList<>();
    private VirtualTime time;
    private EventLoop loop;
    private boolean finished;

    Trace() {
        time = new VirtualTime();
        loop = newLoop(time);
    }

    // ---- the loop

    EventLoop loop() {
        return loop;
    }

    /** Closes the loop and follows a new one, whose time starts anew. */
    EventLoop replaceLoop() {
        loop.close();
        time = new VirtualTime();
        loop = newLoop(time);
        return loop;
    }

    private EventLoop newLoop(VirtualTime time) {
        EventLoop loop = Asyncio.newEventLoop(o -> o.clock(time).poller(time).name("trace"));
        loop.setExceptionHandler(this::failed);
        return loop;
    }

    /** Lets time pass as a computation would. */
    void advance(Duration duration) {
        time.advance(duration);
    }

    static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    /** The moment so many seconds after the loop's creation. */
    static Instant at(double seconds) {
        return Instant.EPOCH.plus(seconds(seconds));
    }

    // ---- the log

    /** Appends a line, with the virtual time in seconds. */
    void log(String text) {
        if (!finished) {
            lines.add("[" + Words.show(time.instant()) + "] " + text);
        }
    }

    List<String> finish() {
        finished = true;
        return lines;
    }

    /** The loop's exception handler; leaves out what depends on garbage collection. */
    private void failed(EventLoop.Failure failure) {
        String message = failure.message().toLowerCase(Locale.ROOT);
        if (message.contains("never retrieved") || message.contains("destroyed")) {
            return;
        }
        String kind = message.contains("callback") ? "callback" : message.contains("shutdown") ? "shutdown" : "other";
        log("handler: " + kind + ": " + Words.describe(failure.exception()));
    }

    /** Runs the body and logs its value or what it throws, a cancellation too. */
    @SuppressWarnings("CatchingUnchecked") // a case may end with any exception
    void attempt(String label, Callable<?> body) {
        Object value;
        try {
            value = body.call();
        } catch (Throwable e) {
            log(label + ": " + Words.describe(e));
            return;
        }
        log(label + ": " + Words.show(value));
    }

    void attempt(String label, Action<?> body) {
        attempt(label, () -> {
            body.run();
            return null;
        });
    }

    /** Logs where a future stands, without waiting. */
    void outcome(String label, Future<?> future) {
        log(label + ": " + Words.standing(future));
    }

    /** Logs how many cancellations of the current task are requested. */
    void logCancelling() {
        log("cancelling " + Asyncio.currentTask().cancelling());
    }

    // ---- callbacks and bodies of tasks that many cases share

    /** Logs the beginning of each of the next iterations. */
    void ticks(int count) {
        tick(1, count);
    }

    private void tick(int number, int count) {
        loop.callSoon(() -> {
            log("tick " + number);
            if (number < count) {
                tick(number + 1, count);
            }
        });
    }

    /** A callback that logs. */
    Runnable logger(String text) {
        return () -> log(text);
    }

    /** A done callback that logs. */
    Consumer<Future<?>> onDone(String label) {
        return future -> log(label + ": " + Words.standing(future));
    }

    /** Starts a task inside this call. */
    <T> Task<T> eager(Callable<T> body) {
        return Asyncio.task().eager(true).start(body);
    }

    Task<Void> eager(Action<?> body) {
        return Asyncio.task().eager(true).start(body);
    }

    /** Sleeps, then returns its name. */
    String worker(String name, double delay) {
        log(name + " starts");
        try {
            sleep(seconds(delay));
        } catch (CancelledError cancellation) {
            log(name + " " + Words.describe(cancellation));
            throw cancellation;
        }
        log(name + " ends");
        return name;
    }

    /** Sleeps, then fails with its name. */
    String failing(String name, double delay) {
        worker(name, delay);
        throw new Failed(name);
    }

    /** When cancelled, suppresses that, sleeps once more and returns. */
    String stubborn(String name, double delay, double cleanup) {
        try {
            return worker(name, delay);
        } catch (CancelledError suppressed) {
            sleep(seconds(cleanup));
            log(name + " returns all the same");
            return name + " late";
        }
    }

    /** Awaits in its finally block. */
    String tidy(String name, double delay, double cleanup) {
        try {
            return worker(name, delay);
        } finally {
            sleep(seconds(cleanup));
            log(name + " has cleaned up");
        }
    }

    /** When cancelled, fails after cleaning up. */
    String clumsy(String name, double delay, double cleanup) {
        try {
            return worker(name, delay);
        } catch (CancelledError replaced) {
            sleep(seconds(cleanup));
            log(name + " fails in cleanup");
            throw new Failed("cleanup of " + name);
        }
    }

    /** Acquires a lock or a permit, sleeps and releases it. */
    void holder(String name, Supplier<Held> lock, double delay) {
        log(name + " asks");
        Held held;
        try {
            held = lock.get();
        } catch (CancelledError cancellation) {
            log(name + " " + Words.describe(cancellation));
            throw cancellation;
        }
        try {
            log(name + " has it");
            sleep(seconds(delay));
        } finally {
            held.close();
            log(name + " has released it");
        }
    }
}
