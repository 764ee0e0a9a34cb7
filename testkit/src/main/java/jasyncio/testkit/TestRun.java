package jasyncio.testkit;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.LoopView;
import jasyncio.Task;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One test on a loop of its own: the run, then the look at what it left behind, then the end of everything. */
final class TestRun {
    /** More than any test needs to come to rest; what still is ready then spins. */
    private static final int MAX_ITERATIONS_TO_SETTLE = 1000;

    /** In the loop's time: for what does not end when it is cancelled. */
    private static final Duration CANCEL_TIMEOUT = Duration.ofMinutes(1);

    private static final Duration EXECUTOR_TIMEOUT = Duration.ofSeconds(5);

    /** Null if the test runs in real time. */
    final @Nullable VirtualClock clock;

    final EventLoop loop;
    final Schedule schedule;
    final OrderLog log = new OrderLog();
    private final Leftovers leftovers;

    TestRun(long seed, boolean realTime) {
        VirtualClock virtual = realTime ? null : new VirtualClock();
        clock = virtual;
        schedule = virtual == null ? new Schedule(seed) : new Schedule(seed, virtual::elapsed);
        UnaryOperator<EventLoop.Options> options =
                o -> seed == 0 ? o.name("test") : o.name("test").picker(schedule);
        loop = virtual == null ? new RealTime().newEventLoop(options) : virtual.newEventLoop(options);
        leftovers = new Leftovers(loop);
    }

    /** What JUnit does when it calls the method. */
    @FunctionalInterface
    interface Body {
        @Nullable
        Object proceed() throws Throwable;
    }

    /** Runs the body as the main coroutine, and throws what it throws, or what is to be said of what it left behind. */
    void run(Body body) throws Throwable {
        Throwable failure = failureOf(body);
        if (failure == null) {
            settle();
            leftovers.collect();
        }
        end();
        leftovers.addUnseenAtClose();
        if (failure == null) {
            log.verify();
            leftovers.throwIfAny();
        } else {
            throw leftovers.withUnseen(failure);
        }
    }

    private @Nullable Throwable failureOf(Body body) {
        Task<?> main = loop.task().name("main").start(() -> proceed(body));
        try {
            Object _ = loop.runUntilComplete(main);
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    /** Lets everything run that is ready, without time passing. */
    private void settle() {
        LoopView view = LoopView.of(loop);
        loop.runUntilComplete(() -> {
            for (int i = 0; i < MAX_ITERATIONS_TO_SETTLE && view.ready() > 0; i++) {
                Asyncio.sleep(Duration.ZERO);
            }
        });
    }

    /** Cancels what is left, so that it can clean up, and closes the loop. */
    private void end() {
        if (clock != null) {
            clock.hurry();
        }
        try {
            List<Task<?>> left = LoopView.of(loop).tasks();
            left.forEach(Task::cancel);
            if (!left.isEmpty()) {
                loop.runUntilComplete(() -> {
                    var _ = Asyncio.wait(left, CANCEL_TIMEOUT);
                });
            }
            loop.runUntilComplete(() -> loop.shutdownDefaultExecutor(EXECUTOR_TIMEOUT));
        } catch (WedgedError e) {
            // It has been reported as left behind, or is the failure itself.
        } finally {
            loop.close();
        }
    }

    private @Nullable Object proceed(Body body) throws Exception {
        try {
            return body.proceed();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new UndeclaredThrowableException(e);
        } finally {
            schedule.end();
        }
    }
}
