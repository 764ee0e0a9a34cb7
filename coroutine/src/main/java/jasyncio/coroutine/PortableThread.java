package jasyncio.coroutine;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread that runs only while it has the baton.
 *
 * <p>{@code turn} is the baton: the loop sets it and parks until it is cleared, the coroutine clears it and parks until it is set.
 */
final class PortableThread extends CoroutineThread {

    static final ThreadLocal<PortableThread> CURRENT = new ThreadLocal<>();

    private @Nullable Thread thread;

    /** The thread that waits for the next step: {@link #thread}, or that of a continuation that runs on it. Written by itself. */
    private @Nullable Thread waiting;

    /** The thread to wake when the baton goes back. Written by the loop before it hands the baton over. */
    private @Nullable Thread loop;

    private volatile boolean turn;

    PortableThread(Host host, Object owner) {
        super(host, owner);
    }

    @Override
    public @Nullable Thread thread() {
        return thread;
    }

    @Override
    public void step() {
        if (done()) {
            throw new IllegalStateException("Cannot step a coroutine that is done (please report)");
        }
        loop = Thread.currentThread();
        turn = true;
        if (thread == null) {
            start();
        } else {
            LockSupport.unpark(waiting);
        }
        parkWhile(this, () -> turn);
        if (done()) {
            thread = null;
        }
    }

    @Override
    public void resume() {
        throw new IllegalStateException(
                "A coroutine cannot be blocked outside its step on the portable backend (please report)");
    }

    @Override
    public void suspend() {
        suspended = true;
        waiting = Thread.currentThread();
        giveBack();
        parkWhile(this, () -> !turn);
        suspended = false;
    }

    /** Makes {@code coroutine} the one that the calling thread runs in. */
    static void enter(@Nullable PortableThread coroutine) {
        if (coroutine == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(coroutine);
        }
    }

    /** Waits for the baton. A stray permit only costs another look; an interrupt is taken off while waiting and put back after. */
    static void parkWhile(Object blocker, BooleanSupplier elsewhere) {
        boolean interrupted = false;
        while (elsewhere.getAsBoolean()) {
            LockSupport.park(blocker);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void start() {
        Object owner = owner();
        if (owner == null) {
            throw new IllegalStateException("A coroutine runs once");
        }
        var builder = Thread.ofVirtual().inheritInheritableThreadLocals(false);
        String name = host.threadName(owner);
        Thread created = (name == null ? builder : builder.name(name)).unstarted(this::runWithBaton);
        created.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread = created;
        created.start();
    }

    private void runWithBaton() {
        CURRENT.set(this);
        try {
            runBody();
        } finally {
            giveBack();
        }
    }

    private void giveBack() {
        Thread loop = this.loop; // read before the baton is given: the next step writes it
        turn = false;
        LockSupport.unpark(loop);
    }
}
