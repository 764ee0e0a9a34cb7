package jasyncio.net.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Netty event loop that runs while somebody calls {@link #poll}, on that caller's thread.
 *
 * <p>Netty's own {@code ManualIoEventLoop} belongs to one thread for ever; a loop of ours may be run by one thread now and by another later.
 *
 * <p>The wakeup: {@code woken} is set before the handler is woken, and read by the handler through {@code canBlock} after it has announced
 * that it is about to wait. One of both sees the other, also with handlers that forget wakeups which come before the wait.
 */
final class SteppedEventLoop extends AbstractScheduledEventExecutor implements IoEventLoop {
    private final IoHandler handler;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Promise<?> termination = new DefaultPromise<Void>(GlobalEventExecutor.INSTANCE);
    private final Waiting waiting = new Waiting();
    private final Context notWaiting = new Context();

    /** The thread that polls, or polled last. */
    private volatile @Nullable Thread thread;

    private volatile boolean woken;
    private volatile boolean closed;
    private boolean initialized;

    SteppedEventLoop(IoHandlerFactory handlers) {
        handler = handlers.newHandler(this);
    }

    /**
     * Lets the handler wait and process what happens, then runs what was submitted and what is due.
     *
     * @param waitNanos at most that long; 0: not at all; negative: without a limit
     */
    void poll(long waitNanos) {
        if (waitNanos == 0) {
            handler.run(notWaiting);
        } else {
            waiting.limit = waitNanos;
            handler.run(waiting);
        }
        if (woken) {
            woken = false;
        }
        runTasks();
    }

    /** Makes the caller's thread the one that this runs on. Called before anything else. */
    void enter() {
        if (thread != Thread.currentThread()) {
            thread = Thread.currentThread();
        }
        if (!initialized) {
            initialized = true;
            handler.initialize();
        }
    }

    private void runTasks() {
        fetchFromScheduledTaskQueue(tasks);
        Runnable task;
        while ((task = tasks.poll()) != null) {
            safeExecute(task);
        }
    }

    /** Thread-safe. */
    void wake() {
        woken = true;
        handler.wakeup();
    }

    /** Closes every channel and releases what the handler holds. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        handler.prepareToDestroy();
        runTasks();
        closed = true;
        cancelScheduledTasks();
        handler.destroy();
        runTasks();
        termination.setSuccess(null);
    }

    private static class Context implements IoHandlerContext {
        @Override
        public boolean canBlock() {
            return false;
        }

        @Override
        public long delayNanos(long now) {
            return 0;
        }

        @Override
        public long deadlineNanos() {
            return -1;
        }
    }

    private final class Waiting extends Context {
        long limit;

        @Override
        public boolean canBlock() {
            return !woken && tasks.isEmpty();
        }

        @Override
        public long delayNanos(long now) {
            long deadline = nextScheduledTaskDeadlineNanos();
            long delay = deadline == -1 ? Long.MAX_VALUE : Math.max(0, deadline - now);
            return limit < 0 ? delay : Math.min(limit, delay);
        }

        @Override
        public long deadlineNanos() {
            long deadline = nextScheduledTaskDeadlineNanos();
            if (limit < 0) {
                return deadline;
            }
            long now = ticker().nanoTime();
            return deadline == -1 || deadline - now > limit ? now + limit : deadline;
        }
    }

    // ---- what Netty asks of an event loop

    @Override
    public void execute(Runnable command) {
        if (closed) {
            throw new RejectedExecutionException("The loop is closed");
        }
        tasks.add(command);
        if (!inEventLoop()) {
            wake();
        }
    }

    @Override
    public boolean inEventLoop(Thread thread) {
        return this.thread == thread;
    }

    @Override
    public @Nullable EventLoopGroup parent() {
        return null;
    }

    @Override
    public IoEventLoop next() {
        return this;
    }

    @Override
    @Deprecated
    public ChannelFuture register(Channel channel) {
        return register(new DefaultChannelPromise(channel, this));
    }

    @Override
    @Deprecated
    public ChannelFuture register(ChannelPromise promise) {
        promise.channel().unsafe().register(this, promise);
        return promise;
    }

    @Override
    @Deprecated
    public ChannelFuture register(Channel channel, ChannelPromise promise) {
        channel.unsafe().register(this, promise);
        return promise;
    }

    @Override
    public Future<IoRegistration> register(IoHandle handle) {
        Promise<IoRegistration> promise = newPromise();
        try {
            promise.setSuccess(new Reregistration(handler, handle));
        } catch (Exception e) {
            promise.setFailure(e);
        }
        return promise;
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return handler.isCompatible(handleType);
    }

    @Override
    public boolean isIoType(Class<? extends IoHandler> handlerType) {
        return handler.getClass() == handlerType;
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("The loop that this belongs to is closed instead");
    }

    @Override
    @Deprecated
    public void shutdown() {
        throw new UnsupportedOperationException("The loop that this belongs to is closed instead");
    }

    @Override
    public Future<?> terminationFuture() {
        return termination;
    }

    @Override
    public boolean isShuttingDown() {
        return closed;
    }

    @Override
    public boolean isShutdown() {
        return closed;
    }

    @Override
    public boolean isTerminated() {
        return closed;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return termination.await(timeout, unit);
    }
}
