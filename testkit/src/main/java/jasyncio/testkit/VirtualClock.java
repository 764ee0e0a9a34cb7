package jasyncio.testkit;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.LoopView;
import jasyncio.spi.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The time of one loop: it stands still while anything runs, and jumps to the next timer when nothing is ready. A test that sleeps an hour
 * takes a millisecond, and always ends in the same order.
 *
 * {@snippet :
 * var clock = new VirtualClock();
 * try (var loop = clock.newEventLoop()) {
 *     loop.runUntilComplete(() -> sleep(ofHours(1)));
 * }
 * assertEquals(ofHours(1), clock.elapsed());
 * }
 *
 * <p>It does not jump over what happens in real time: a task blocked in a JDK call such as {@code Thread.sleep}, a body in {@code toThread}
 * or in an executor, a {@code CompletionStage} that is awaited. The loop then waits really, at most as long as {@link #patience}, and fails
 * with a {@link WedgedError} that names what it waited for. A thread of the test's own that will call {@code callSoonThreadsafe} is unknown
 * to it: with a timer pending, await a {@code CompletableFuture} from such a thread instead. On the portable backend a blocking call blocks
 * the loop, so that no time passes meanwhile, but nothing bounds it either.
 *
 * <p>After some 292 years time stands still: what lies behind that is due then.
 *
 * <p>A loop that has neither timers nor such work and is not woken within {@link #patience} fails with a {@link WedgedError} too, and so does
 * one that always has something ready, so that time can never pass.
 *
 * <p>No method here suspends. {@link #advance} and {@link #patience} are for the loop's tasks and callbacks, or for any thread while it does
 * not run; the others are thread-safe.
 */
public final class VirtualClock implements Clock {
    private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(2);

    /** For what does not end even when it is cancelled. */
    private static final Duration PATIENCE_AT_END = Duration.ofMillis(200);

    private static final long MAX_BUSY_AT_END = 100_000;

    private final AtomicLong nanos = new AtomicLong();
    private final IdlePoller poller = new IdlePoller(this::idle);
    private Duration patience = DEFAULT_PATIENCE;
    private @Nullable EventLoop loop;

    /** Creates a clock that stands at the epoch. */
    public VirtualClock() {}

    /** Creates the loop that lives in this time. */
    public EventLoop newEventLoop() {
        return newEventLoop(options -> options);
    }

    /**
     * The same with further options.
     *
     * @throws IllegalStateException if there is one already: a clock jumps when its loop has nothing to do
     */
    public EventLoop newEventLoop(UnaryOperator<EventLoop.Options> options) {
        if (loop != null) {
            throw new IllegalStateException("This clock is that of " + loop + " already; create a clock for each loop");
        }
        EventLoop created =
                Asyncio.newEventLoop(o -> options.apply(o.clock(this).poller(poller)));
        loop = created;
        return created;
    }

    /** Returns how much time has passed since the clock was created. */
    public Duration elapsed() {
        return Duration.ofNanos(nanos.get());
    }

    /** Lets time pass as a computation would: the caller goes on, and timers that have become due run afterwards. */
    public void advance(Duration duration) {
        if (Objects.requireNonNull(duration, "A length of time is needed; it is null")
                .isNegative()) {
            throw new IllegalArgumentException("Time cannot go back by " + duration + "; advance by zero or more");
        }
        pass(TimeUnit.NANOSECONDS.convert(duration));
    }

    private void pass(long more) {
        nanos.updateAndGet(passed -> more > Long.MAX_VALUE - passed ? Long.MAX_VALUE : passed + more);
    }

    /**
     * Sets how long the loop waits really for what its time does not govern; two seconds if not called.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public void patience(Duration patience) {
        if (Objects.requireNonNull(patience, "A length of time is needed; it is null")
                .isNegative()) {
            throw new IllegalArgumentException("Patience " + patience + " is negative; zero is none at all");
        }
        this.patience = patience;
    }

    /** Has everything end soon: the test is over. */
    void hurry() {
        patience = PATIENCE_AT_END;
        poller.maxBusy(MAX_BUSY_AT_END);
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(nanos.get());
    }

    private void idle(long waitNanos) {
        EventLoop loop = this.loop;
        if (loop == null) {
            return; // not created yet: nobody polls
        }
        if (waitNanos == 0) {
            throw Standing.spins(loop, poller.maxBusy());
        }
        boolean outside = LoopView.of(loop).waitsOutside();
        if (waitNanos > 0 && !outside) {
            pass(waitNanos);
        } else if (!poller.park(TimeUnit.NANOSECONDS.convert(patience))) {
            throw outside ? Standing.waitsOutside(loop, patience) : Standing.wedged(loop, patience);
        }
    }

    @Override
    public String toString() {
        return "<VirtualClock elapsed=" + elapsed() + ">";
    }
}
