package jasyncio.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jasyncio.Action;
import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A loop on virtual time, with a log of what happened on it and of the failures that went to its exception handler. */
public final class VirtualLoop implements AutoCloseable {
    private final VirtualTime time = new VirtualTime();
    private final EventLoop loop =
            Asyncio.newEventLoop(o -> o.clock(time).poller(time).name("test"));
    private final List<String> log = new ArrayList<>();
    private final List<EventLoop.Failure> failures = new ArrayList<>();

    public VirtualLoop() {
        loop.setExceptionHandler(failures::add);
    }

    /** A test's body, a task of the loop. */
    @FunctionalInterface
    public interface Body {
        void run(VirtualLoop v) throws Exception;
    }

    /** Runs the body on a loop of its own. It must leave nothing behind: no task, no timer, no unseen failure. */
    public static void virtually(Body body) {
        var v = new VirtualLoop();
        try (v) {
            v.run(() -> body.run(v));
            v.assertNothingLeft();
        }
        assertEquals(List.of(), v.failures, "failures that nobody saw");
    }

    public EventLoop loop() {
        return loop;
    }

    public VirtualTime time() {
        return time;
    }

    public <T extends @Nullable Object> Future<T> future() {
        return loop.createFuture();
    }

    /** Runs the body as a task of this loop until it is done. */
    public void run(Action<?> body) {
        Task<?> main = loop.task().name("main").start(body);
        loop.runUntilComplete(main);
    }

    /** Returns how much virtual time has passed. */
    public Duration elapsed() {
        return Duration.ofNanos(time.nanoTime());
    }

    public void log(@Nullable Object line) {
        log.add(String.valueOf(line));
    }

    public List<String> log() {
        return log;
    }

    /** Returns what the exception handler was told since the last call. */
    public List<EventLoop.Failure> takeFailures() {
        var taken = List.copyOf(failures);
        failures.clear();
        return taken;
    }

    /** Logs the beginning of each of the next iterations. */
    public void ticks(int count) {
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

    /** Suspends until nothing is ready; returns the time to the next timer in nanoseconds, or -1 if there is none. */
    public long untilIdle() {
        Future<Long> idle = future();
        time.whenIdle(wait -> loop.callSoon(() -> idle.setResult(wait)));
        return Asyncio.await(idle);
    }

    /** Checks that only the caller's task and no timer is left. For a task of the loop. */
    public void assertNothingLeftBut(Task<?>... tasks) {
        Set<Task<?>> left = new LinkedHashSet<>(Asyncio.allTasks());
        left.removeAll(List.of(tasks));
        assertEquals(Set.of(), left, "tasks left behind");
        assertEquals(-1, untilIdle(), "nanoseconds to a timer left behind");
    }

    private void assertNothingLeft() {
        run(() -> assertNothingLeftBut(Asyncio.currentTask()));
    }

    @Override
    public void close() {
        loop.close();
    }
}
