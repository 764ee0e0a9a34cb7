package jasyncio;

import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import org.jspecify.annotations.Nullable;

/**
 * Hears every interrupt of a loop's thread while the loop runs, and has the main task cancelled.
 *
 * <p>The thread's flag does not tell: a coroutine that is mounted on the thread takes it off. But whoever interrupts a thread also closes
 * the channel that the thread is using, so the loop's thread says all the time that it is using an {@link Ear}.
 *
 * <p>An interrupt that cancelled the main task is taken off the thread. One that found none to cancel is left to the thread when the run
 * ends.
 *
 * <p>For the loop's thread.
 */
final class ThreadInterrupts {
    private final EventLoop loop;

    /** Null while the loop does not run. */
    private @Nullable Ear ear;

    ThreadInterrupts(EventLoop loop) {
        this.loop = loop;
    }

    /** Begins to listen. An interrupt from before counts. */
    void begin() {
        Ear listening = new Ear();
        ear = listening;
        listening.listen();
        if (Thread.currentThread().isInterrupted()) { // before the first iteration
            heard(listening);
        }
    }

    /** Goes on listening after a wait: a selector that waited was the channel in use meanwhile, and none is afterwards. */
    void afterWait() {
        Ear current = ear;
        if (current != null) {
            current.listen();
            boolean _ = Thread.interrupted(); // heard now; left on, it would end each further wait at once
        }
    }

    void end() {
        Ear last = ear;
        ear = null;
        if (last != null && last.stop()) {
            Thread.currentThread().interrupt();
        }
    }

    private void heard(Ear by) {
        if (by == ear) { // else it was heard already, or ended an earlier run
            boolean _ = Thread.interrupted();
            if (loop.onThreadInterrupted()) {
                begin();
            }
        }
    }

    /** Hears one interrupt. */
    private final class Ear extends AbstractInterruptibleChannel {

        void listen() {
            begin();
        }

        /** Returns whether it has heard one. */
        boolean stop() {
            try {
                end(true);
                return false;
            } catch (AsynchronousCloseException e) {
                return true;
            }
        }

        /** Called on the thread that interrupts, or on the loop's. */
        @Override
        protected void implCloseChannel() {
            loop.kernel.addExternal((LibraryCallback) () -> heard(this));
        }
    }
}
