package jasyncio.coroutine;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread that is its own scheduler.
 *
 * <p><em>Overview.</em> The JDK hands a virtual thread's scheduler one and the same runnable, its continuation, whenever the thread can go
 * on. We keep that runnable and run it on the loop's thread, which mounts the virtual thread until it parks, yields or ends.
 *
 * <p>To suspend is a {@link Thread#yield()} with the mark {@code suspended}. Unlike a park it has no permit that a stray unpark could leave
 * behind and no interrupt that would make it spin, and if the stack cannot be moved it returns at once instead of blocking the loop's
 * thread. After it the JDK's state is YIELDED, in which the continuation may be run at any time.
 *
 * <table>
 * <caption>What the JDK hands us, and what we do</caption>
 * <tr><th>runnable</th><th>state</th><th>why</th><th>then</th></tr>
 * <tr><td>own</td><td>starting</td><td>{@code Thread.start}</td><td>keep it</td></tr>
 * <tr><td>own</td><td>suspended</td><td>our yield, or a stack dump that puts back what it held</td><td>drop it: only a step may wake it</td></tr>
 * <tr><td>own</td><td>blocked</td><td>unpark, unlock, timeout, interrupt</td><td>{@link Host#unblocked}</td></tr>
 * <tr><td>other</td><td>any</td><td>a thread that a library started here inherited its scheduler, as do the JDK's socket pollers</td><td>the JDK's
 * default scheduler: it outlives the loop</td></tr>
 * </table>
 *
 * <p>A stack dump by another thread holds the virtual thread for a moment, and running its continuation meanwhile does nothing: a step
 * that did not arrive ({@code wake} still set) is run again.
 *
 * <p>The fields are plain: coroutine and loop share one OS thread, and another thread that calls {@link #execute} has read the JDK's
 * volatile thread state that was written after them.
 */
final class ScheduledThread extends CoroutineThread implements Executor {

    /** After so many steps that did not arrive the loop's thread lets others run. */
    private static final int SPINS = 1_000;

    /** Null before the start and after the end; the JDK's poller threads keep some of us for ever. */
    private @Nullable Thread thread;

    private @Nullable Runnable continuation;

    private ScheduledBackend.@Nullable ScheduledGroup group;

    /** Set by the step that wakes the coroutine, cleared by the coroutine: tells the step that it arrived, and the coroutine that it moved. */
    private boolean wake;

    ScheduledThread(Host host, Object owner, ScheduledBackend.ScheduledGroup group) {
        super(host, owner);
        this.group = group;
    }

    @Override
    public @Nullable Thread thread() {
        return thread;
    }

    @Override
    public void step() {
        if (group != null) {
            start(group);
            return;
        }
        Runnable continuation = this.continuation;
        if (continuation == null || !suspended) {
            throw new IllegalStateException(
                    "Cannot step a coroutine that is " + (done() ? "done" : "blocked") + " (please report)");
        }
        wake = true;
        continuation.run();
        for (int spins = 0; wake; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
            continuation.run();
        }
        afterRun();
    }

    @Override
    public void resume() {
        Runnable continuation = this.continuation;
        if (continuation != null && !suspended) {
            continuation.run();
            afterRun();
        }
    }

    @Override
    public void suspend() {
        suspended = true;
        try {
            Thread.yield();
        } catch (StackOverflowError e) {
            if (!wake) {
                throw e; // it could not suspend
            }
            // It was suspended and woken; only what the JDK does after that had no room on the stack.
        } finally {
            suspended = false;
        }
        if (!wake) {
            throw new PinnedException();
        }
        wake = false;
    }

    /** Called by the JDK with a continuation that can run: see the table above. */
    @Override
    public void execute(Runnable runnable) {
        if (runnable == continuation) {
            if (!suspended) {
                host.unblocked(this);
            }
        } else if (continuation == null && group != null) {
            continuation = runnable;
        } else {
            JdkThreads.DEFAULT_SCHEDULER.execute(runnable);
        }
    }

    private void start(ScheduledBackend.ScheduledGroup group) {
        Object owner = owner();
        if (owner == null) {
            throw new IllegalStateException("A coroutine runs once");
        }
        Thread created = JdkThreads.create(this, host.threadName(owner), this::runBody);
        if (created.getContextClassLoader() != group.contextClassLoader) {
            created.setContextClassLoader(group.contextClassLoader);
        }
        thread = created;
        JdkThreads.start(created, group.container); // comes back to execute() with the continuation
        this.group = null;
        Runnable first = continuation;
        if (first == null) {
            throw new IllegalStateException("The JDK did not schedule a started virtual thread (please report)");
        }
        first.run();
        afterRun();
    }

    private void afterRun() {
        Thread thread = this.thread;
        if (done() && thread != null && thread.getState() == Thread.State.TERMINATED) {
            this.thread = null;
            continuation = null;
        }
    }
}
