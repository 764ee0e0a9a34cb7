package jasyncio.executor;

import jasyncio.Action;
import jasyncio.Asyncio;
import jasyncio.Call;
import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.LowLevel;
import jasyncio.Task;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A door through which other threads run coroutines on a loop, and which closes with all that came through it.
 *
 * {@snippet :
 * try (var portal = new BlockingPortal()) {           // in a task
 *     legacyServer.setHandler(request -> portal.call(() -> answer(request)));
 *     toThread(legacyServer::serve);
 * }                                                   // waits for what is under way
 * }
 *
 * <p>Closing one lets nobody in any more and awaits the tasks that are; if its task is cancelled, before or meanwhile, so are they. What a
 * task throws goes to the thread that asked for it and to nobody else.
 */
public final class BlockingPortal implements AutoCloseable {
    private final EventLoop loop;

    /** The thread of a portal with a loop of its own. */
    private final @Nullable Thread thread;

    // ---- for the loop

    private final Set<Task<?>> tasks = new HashSet<>();
    private final Future<@Nullable Void> stopped;
    private boolean closed;

    /** Opens one into the caller's loop. Never suspends; for a task of the loop. */
    public BlockingPortal() {
        this(null);
    }

    private BlockingPortal(@Nullable Thread thread) {
        this.loop = Asyncio.runningLoop();
        this.thread = thread;
        this.stopped = loop.createFuture();
    }

    /**
     * Opens one into a loop of its own, on a new daemon thread, which ends when the portal is closed: asyncio for a program that has none.
     * Never suspends: blocks until the loop runs; thread-safe.
     */
    public static BlockingPortal start() {
        var opened = new CompletableFuture<BlockingPortal>();
        Thread thread = Thread.ofPlatform().daemon().name("blocking-portal").unstarted(() -> {
            Thread here = Thread.currentThread();
            try {
                Asyncio.run(() -> serve(opened, here));
            } catch (Throwable e) {
                if (!opened.completeExceptionally(e)) {
                    throw e;
                }
            }
        });
        thread.start();
        return opened.join();
    }

    private static void serve(CompletableFuture<BlockingPortal> opened, Thread thread) {
        var portal = new BlockingPortal(thread);
        opened.complete(portal);
        portal.awaitStop();
        portal.closeHere();
    }

    /**
     * Runs {@code body} as a task of the loop, waits for it, and returns its value or throws what it has thrown. An interrupt cancels the
     * task. Blocks; thread-safe, but for threads other than the loop's.
     *
     * @throws IllegalStateException if the portal is closed, or the caller runs on its loop and would wait for itself
     * @throws CancellationException if the task was cancelled
     */
    public <T extends @Nullable Object, X extends Exception> T call(Call<? extends T, X> body)
            throws X, InterruptedException {
        CompletableFuture<T> result = startTaskSoon(body);
        try {
            return result.get();
        } catch (InterruptedException e) {
            result.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw Conductor.<RuntimeException>rethrow(e.getCause() == null ? e : e.getCause());
        }
    }

    /** The same for a body without a value. */
    public <X extends Exception> void call(Action<X> body) throws X, InterruptedException {
        this.<@Nullable Void, X>call(() -> {
            body.run();
            return null;
        });
    }

    /**
     * Starts {@code body} as a task of the loop and returns at once. Cancelling the future cancels the task. Never suspends; thread-safe, but
     * for threads other than the loop's.
     *
     * @throws IllegalStateException if the caller runs on the portal's loop, or that is closed; a portal that is closed fails the future
     *     with it
     */
    public <T extends @Nullable Object> CompletableFuture<T> startTaskSoon(Callable<? extends T> body) {
        if (LowLevel.runsOn(loop)) {
            throw new IllegalStateException("Cannot go through a portal on the thread of its own loop, " + loop
                    + ", which would wait for itself; call the method, or create a task");
        }
        return Asyncio.runCoroutineThreadsafe(loop, () -> run(body));
    }

    /** The same for a body without a value. */
    public CompletableFuture<@Nullable Void> startTaskSoon(Action<?> body) {
        return this.<@Nullable Void>startTaskSoon((Callable<@Nullable Void>) () -> {
            body.run();
            return null;
        });
    }

    private <T extends @Nullable Object> T run(Callable<? extends T> body) throws Exception {
        if (closed) {
            throw new IllegalStateException("The portal into " + loop + " is closed");
        }
        Task<?> task = Asyncio.currentTask();
        tasks.add(task);
        task.addDoneCallback(_ -> tasks.remove(task));
        return body.call();
    }

    /** Lets nobody in any more, and ends {@link #awaitStop}. What is under way goes on. Never suspends; thread-safe. */
    public void stop() {
        if (LowLevel.runsOn(loop)) {
            stopHere();
        } else {
            try {
                loop.callSoonThreadsafe(this::stopHere);
            } catch (IllegalStateException e) {
                // The loop is closed, and so is this.
            }
        }
    }

    private void stopHere() {
        closed = true;
        if (!stopped.done()) {
            stopped.setResult(null);
        }
    }

    /** Waits for {@link #stop}: for a task that only keeps the portal open. Suspends; cancellable; for a task of the loop. */
    public void awaitStop() {
        Asyncio.await(Asyncio.<@Nullable Void>shield(stopped));
    }

    /**
     * Lets nobody in any more and waits for the tasks that are; called another time does nothing. Suspends; not cancellable: a cancellation
     * cancels those tasks, and is left to the next await; for a task of the loop. One with a loop of its own may be closed by any other
     * thread, which blocks until that has ended.
     */
    @Override
    public void close() {
        if (LowLevel.runsOn(loop)) {
            if (thread == null) {
                closeHere();
            } else {
                stopHere();
            }
        } else if (thread != null) {
            stop();
            join(thread);
        } else {
            throw new IllegalStateException(
                    "Cannot close a portal on another thread than that of its loop, " + loop + "; stop() it");
        }
    }

    private void closeHere() {
        stopHere();
        LowLevel.closing(() -> {
            if (Asyncio.currentTask().cancelling() > 0) { // a cancellation is what brought it here
                cancelTasks();
            }
            try {
                awaitTasks();
            } catch (CancelledError e) {
                cancelTasks();
                awaitTasks();
                throw e;
            }
        });
    }

    private void cancelTasks() {
        List.copyOf(tasks).forEach(Task::cancel);
    }

    private void awaitTasks() {
        while (!tasks.isEmpty()) {
            Asyncio.wait(List.copyOf(tasks)); // which comes back after the callbacks that tell the threads
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "<BlockingPortal into " + loop + ">";
    }
}
