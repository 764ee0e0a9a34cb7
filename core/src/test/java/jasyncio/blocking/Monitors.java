package jasyncio.blocking;

import jasyncio.Asyncio;
import jasyncio.Future;
import jasyncio.Task;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** The rows about {@code synchronized}. */
final class Monitors {
    private Monitors() {}

    static Stream<Scene.Row> rows() {
        return Stream.of(
                new Scene.Row("synchronized, held by a task", Monitors::heldByTask),
                new Scene.Row("synchronized, held by a thread", Monitors::heldByThread));
    }

    private static Scene heldByTask() {
        Object monitor = new Object();
        Future<String> release = Asyncio.runningLoop().createFuture();
        Task<Void> holder = Asyncio.task().eager(true).start(() -> {
            synchronized (monitor) {
                Asyncio.await(release);
            }
        });
        return Scene.of(
                null,
                () -> {
                    synchronized (monitor) {
                        monitor.notifyAll();
                    }
                },
                () -> {
                    release.setResult("go on");
                    Asyncio.await(holder);
                });
    }

    private static Scene heldByThread() {
        Object monitor = new Object();
        var held = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        Thread.ofPlatform().daemon().start(() -> {
            synchronized (monitor) {
                held.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    // releases as well
                }
            }
        });
        while (held.getCount() > 0) {
            Asyncio.sleep(Duration.ofMillis(1));
        }
        return Scene.of(
                null,
                () -> {
                    synchronized (monitor) {
                        monitor.notifyAll();
                    }
                },
                release::countDown);
    }
}
