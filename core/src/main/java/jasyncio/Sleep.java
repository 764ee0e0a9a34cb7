package jasyncio;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A future that a timer completes: the timer, its callback and the future in one object. */
final class Sleep extends Future<@Nullable Void> implements Timer, LibraryCallback {

    private boolean inTimers = true;
    /** Nobody waits for it: the task could not suspend. */
    private boolean abandoned;

    private Sleep(EventLoop loop) {
        super(loop);
    }

    static void sleep(Duration length) {
        Task<?> task = Await.task();
        if (Objects.requireNonNull(length, "A length of time is needed; it is null")
                        .isZero()
                || length.isNegative()) {
            task.yieldOnce();
            return;
        }
        Kernel kernel = task.loop.kernel;
        var sleep = new Sleep(task.loop);
        kernel.timers.add(kernel.time.after(length), sleep);
        try {
            Await.future(sleep);
        } finally {
            if (sleep.inTimers) {
                if (!sleep.done()) {
                    sleep.abandoned = true;
                }
                kernel.timers.cancelledOne();
            }
        }
    }

    /** The timer is due. */
    @Override
    public void run() {
        if (!done() && !abandoned) {
            succeed(null);
        }
    }

    @Override
    public boolean dead() {
        return done() || abandoned;
    }

    @Override
    public void removed() {
        inTimers = false;
    }
}
