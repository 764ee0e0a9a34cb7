package jasyncio.blocking;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/** The rows about sleeping and waiting. */
final class Waits {
    private static final Class<InterruptedException> INTERRUPTED = InterruptedException.class;

    private Waits() {}

    static Stream<Scene.Row> rows() {
        return Stream.of(
                new Scene.Row("Thread.sleep", Waits::threadSleep),
                new Scene.Row("Object.wait", Waits::objectWait),
                new Scene.Row("Object.wait with a time limit", Waits::objectWaitTimed),
                new Scene.Row("LockSupport.park loop", Waits::parkLoop),
                new Scene.Row("LockSupport.parkNanos loop", Waits::parkNanosLoop),
                new Scene.Row("BlockingQueue.take", Waits::queueTake),
                new Scene.Row("BlockingQueue.put", Waits::queuePut),
                new Scene.Row("Semaphore.acquire", Waits::semaphore),
                new Scene.Row("CountDownLatch.await", Waits::latch),
                new Scene.Row("CyclicBarrier.await", Waits::barrier),
                new Scene.Row("Exchanger.exchange", Waits::exchanger),
                new Scene.Row("Lock.lockInterruptibly", Waits::lockInterruptibly),
                new Scene.Row("Condition.await", Waits::condition),
                new Scene.Row("CompletableFuture.get", Waits::completableFutureGet),
                new Scene.Row("Future.get", Waits::futureGet),
                new Scene.Row("Thread.join", Waits::threadJoin),
                new Scene.Row("HttpClient.send", Waits::httpSend),
                new Scene.Row("Lock.lock", Waits::lock),
                new Scene.Row("ReadWriteLock.readLock", Waits::readLock),
                new Scene.Row("CompletableFuture.join", Waits::completableFutureJoin));
    }

    private static Scene threadSleep() {
        var released = new AtomicBoolean();
        return Scene.of(
                INTERRUPTED,
                () -> {
                    while (!released.get()) {
                        Thread.sleep(1);
                    }
                },
                () -> released.set(true));
    }

    private static Scene objectWait() {
        Object monitor = new Object();
        var released = new AtomicBoolean();
        return Scene.of(
                INTERRUPTED,
                () -> {
                    synchronized (monitor) {
                        while (!released.get()) {
                            monitor.wait();
                        }
                    }
                },
                () -> {
                    synchronized (monitor) {
                        released.set(true);
                        monitor.notifyAll();
                    }
                });
    }

    private static Scene objectWaitTimed() {
        Object monitor = new Object();
        var released = new AtomicBoolean();
        return Scene.of(
                INTERRUPTED,
                () -> {
                    synchronized (monitor) {
                        while (!released.get()) {
                            monitor.wait(1);
                        }
                    }
                },
                () -> released.set(true));
    }

    private static Scene parkLoop() {
        var released = new AtomicBoolean();
        var waiter = new CompletableFuture<Thread>();
        return Scene.of(
                INTERRUPTED,
                () -> {
                    waiter.complete(Thread.currentThread());
                    while (!released.get()) {
                        LockSupport.park();
                        throwIfInterrupted();
                    }
                },
                () -> {
                    released.set(true);
                    LockSupport.unpark(waiter.join());
                });
    }

    private static Scene parkNanosLoop() {
        var released = new AtomicBoolean();
        return Scene.of(
                INTERRUPTED,
                () -> {
                    while (!released.get()) {
                        LockSupport.parkNanos(1_000_000);
                        throwIfInterrupted();
                    }
                },
                () -> released.set(true));
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static Scene queueTake() {
        var queue = new ArrayBlockingQueue<String>(1);
        return Scene.of(INTERRUPTED, queue::take, () -> queue.add("item"));
    }

    private static Scene queuePut() {
        var queue = new ArrayBlockingQueue<String>(1);
        queue.add("item");
        return Scene.of(INTERRUPTED, () -> queue.put("next"), queue::remove);
    }

    private static Scene semaphore() {
        var semaphore = new Semaphore(0);
        return Scene.of(INTERRUPTED, semaphore::acquire, semaphore::release);
    }

    private static Scene latch() {
        var latch = new CountDownLatch(1);
        return Scene.of(INTERRUPTED, latch::await, latch::countDown);
    }

    private static Scene barrier() {
        var barrier = new CyclicBarrier(2);
        return Scene.of(INTERRUPTED, barrier::await, barrier::await);
    }

    private static Scene exchanger() {
        var exchanger = new Exchanger<String>();
        return Scene.of(INTERRUPTED, () -> exchanger.exchange("a"), () -> exchanger.exchange("b"));
    }

    private static Scene lockInterruptibly() {
        var lock = new ReentrantLock();
        lock.lock();
        return Scene.of(
                INTERRUPTED,
                () -> {
                    lock.lockInterruptibly();
                    lock.unlock();
                },
                lock::unlock);
    }

    private static Scene condition() {
        var lock = new ReentrantLock();
        var condition = lock.newCondition();
        var released = new AtomicBoolean();
        return Scene.of(
                INTERRUPTED,
                () -> {
                    lock.lock();
                    try {
                        while (!released.get()) {
                            condition.await();
                        }
                    } finally {
                        lock.unlock();
                    }
                },
                () -> {
                    lock.lock();
                    try {
                        released.set(true);
                        condition.signal();
                    } finally {
                        lock.unlock();
                    }
                });
    }

    private static Scene completableFutureGet() {
        var future = new CompletableFuture<String>();
        return Scene.of(INTERRUPTED, future::get, () -> future.complete("value"));
    }

    private static Scene futureGet() {
        var future = new FutureTask<>(() -> "value");
        return Scene.of(INTERRUPTED, future::get, future::run);
    }

    private static Scene threadJoin() {
        var latch = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // ends as well
            }
        });
        return Scene.of(INTERRUPTED, thread::join, latch::countDown);
    }

    private static Scene httpSend() throws Exception {
        var answer = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try {
                answer.await();
                exchange.sendResponseHeaders(204, -1);
            } catch (InterruptedException e) {
                // the test is over
            }
            exchange.close();
        });
        server.start();
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();
        return Scene.of(
                INTERRUPTED,
                () -> client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()),
                answer::countDown,
                () -> {
                    answer.countDown();
                    client.shutdownNow();
                    server.stop(0);
                });
    }

    private static Scene lock() {
        var lock = new ReentrantLock();
        lock.lock();
        return Scene.of(null, () -> enterAndLeave(lock), lock::unlock);
    }

    private static Scene readLock() {
        var lock = new ReentrantReadWriteLock();
        lock.writeLock().lock();
        return Scene.of(null, () -> enterAndLeave(lock.readLock()), lock.writeLock()::unlock);
    }

    private static void enterAndLeave(Lock lock) {
        lock.lock();
        try {
            Thread.onSpinWait();
        } finally {
            lock.unlock();
        }
    }

    private static Scene completableFutureJoin() {
        var future = new CompletableFuture<String>();
        return Scene.of(null, future::join, () -> future.complete("value"));
    }
}
