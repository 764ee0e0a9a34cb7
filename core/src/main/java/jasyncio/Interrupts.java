package jasyncio;

import jasyncio.coroutine.CoroutineThread;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C while a main task runs, or while its runner is closed. Installed only on the program's main thread, and only where the JVM's own
 * handler was.
 *
 * <p>The JVM calls a handler on a thread of its own, so everything here goes through thread-safe doors of the loop.
 */
final class Interrupts implements AutoCloseable, SignalHandler {
    private static final int EXIT_CODE = 130;
    private static final AtomicBoolean INSTALLED = new AtomicBoolean();

    private final EventLoop loop;

    /** Null while the runner is closed. */
    private final @Nullable Task<?> main;

    private @Nullable SignalHandler previous;
    private volatile int count;

    private Interrupts(EventLoop loop, @Nullable Task<?> main) {
        this.loop = loop;
        this.main = main;
    }

    static Interrupts whileRunning(EventLoop loop, Task<?> main) {
        return install(new Interrupts(loop, main));
    }

    static Interrupts whileClosing(EventLoop loop) {
        return install(new Interrupts(loop, null));
    }

    private static Interrupts install(Interrupts interrupts) {
        if (onMainThread() && INSTALLED.compareAndSet(false, true)) {
            interrupts.takeOver();
        }
        return interrupts;
    }

    /** By its names: the JVM gives the thread that runs {@code main} no mark, and not the same id in each release. */
    private static boolean onMainThread() {
        Thread thread = Thread.currentThread();
        ThreadGroup group = thread.getThreadGroup();
        return !thread.isVirtual()
                && group != null
                && group.getName().equals("main")
                && thread.getName().equals("main");
    }

    private void takeOver() {
        try {
            SignalHandler before = Signal.handle(new Signal("INT"), this);
            previous = before;
            if (!isJvmsOwn(before)) {
                close(); // the program has a handler of its own
            }
        } catch (IllegalArgumentException e) {
            INSTALLED.set(false); // the JVM was told to leave signals alone (-Xrs)
        }
    }

    private static boolean isJvmsOwn(SignalHandler handler) {
        return handler == SignalHandler.SIG_DFL || handler.getClass().getName().startsWith("sun.misc.");
    }

    @Override
    public synchronized void handle(Signal signal) {
        int cancelling = main == null ? 0 : 1;
        count++;
        if (main != null && count == cancelling) {
            loop.callSoonThreadsafe(main::cancel);
        } else if (count == cancelling + 1) {
            endRun();
        } else {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    private void endRun() {
        CoroutineThread mounted = loop.kernel.mounted();
        loop.enqueue((LibraryCallback) () -> loop.kernel.fail(new KeyboardInterrupt()));
        if (mounted != null) {
            mounted.interrupt();
        }
    }

    boolean any() {
        return count > 0;
    }

    /** Returns what leaves {@code run} instead of a cancellation that came from Ctrl-C alone. */
    Error explain(CancelledError e) {
        if (any() && main != null && main.uncancel() == 0) {
            var interrupt = new KeyboardInterrupt();
            interrupt.initCause(e);
            return interrupt;
        }
        return e;
    }

    @Override
    public void close() {
        if (previous != null) {
            Signal.handle(new Signal("INT"), previous);
            previous = null;
            INSTALLED.set(false);
        }
    }
}
