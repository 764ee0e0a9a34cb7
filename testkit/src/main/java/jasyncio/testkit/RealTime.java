package jasyncio.testkit;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.LoopView;
import jasyncio.spi.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The machine's time, on a loop that still notices when it is wedged. */
final class RealTime implements Clock {
    /** How long nothing at all may happen. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** The same while something outside is known to be under way. */
    private static final Duration PATIENCE_OUTSIDE = Duration.ofMinutes(1);

    private final IdlePoller poller = new IdlePoller(this::idle);
    private @Nullable EventLoop loop;

    EventLoop newEventLoop(UnaryOperator<EventLoop.Options> options) {
        EventLoop created =
                Asyncio.newEventLoop(o -> options.apply(o.clock(this).poller(poller)));
        loop = created;
        return created;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    private void idle(long waitNanos) {
        EventLoop loop = this.loop;
        if (loop == null) {
            return; // not created yet: nobody polls
        }
        if (waitNanos == 0) {
            return; // busy, but this time passes
        }
        if (waitNanos > 0) {
            boolean _ = poller.park(waitNanos);
            return;
        }
        Duration patience = LoopView.of(loop).waitsOutside() ? PATIENCE_OUTSIDE : PATIENCE;
        if (!poller.park(patience.toNanos())) {
            throw Standing.wedged(loop, patience);
        }
    }
}
