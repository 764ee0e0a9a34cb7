package jasyncio.coroutine;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The least that coroutines need of a loop: owners are runnables, and what is unblocked is noted. */
final class MiniLoop implements Host {
    private final Backend.Group group = Backend.chosen().newGroup("mini-loop", Stream::empty);
    private final Queue<CoroutineThread> unblocked = new ConcurrentLinkedQueue<>();

    interface Body {
        void run(MiniLoop loop) throws Exception;
    }

    static boolean portable() {
        return Backend.chosen().name().equals("portable");
    }

    /** Runs a body as a loop runs: on the thread that the backend wants. */
    static void run(Body body) {
        var loop = new MiniLoop();
        Backend.chosen()
                .runLoop(
                        "mini-loop",
                        () -> {
                            try {
                                body.run(loop);
                            } catch (RuntimeException e) {
                                throw e;
                            } catch (Exception e) {
                                throw new AssertionError(e);
                            }
                        },
                        new CompletableFuture<>());
        loop.group.close();
    }

    CoroutineThread coroutine(Runnable body) {
        return Backend.chosen().newThread(this, body, group);
    }

    /** Waits for the JDK's word that a blocked coroutine can go on. */
    CoroutineThread awaitUnblocked() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < end) {
            CoroutineThread thread = unblocked.poll();
            if (thread != null) {
                return thread;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("Nothing was unblocked");
    }

    int unblockedCount() {
        return unblocked.size();
    }

    @Override
    public void runBody(Object owner) {
        ((Runnable) owner).run();
    }

    @Override
    public String threadName(Object owner) {
        return "mini";
    }

    @Override
    public void unblocked(CoroutineThread thread) {
        unblocked.add(thread);
    }
}
