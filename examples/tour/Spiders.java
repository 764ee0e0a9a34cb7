/*
 * A hundred spiders: one by one, in threads, as coroutines
 * 一百个爬虫：依次、多线程、协程
 *
 * A hundred times 20 ms of waiting. Threads wait at the same time, and so do coroutines, all on one thread.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

void spider() throws InterruptedException {
    Thread.sleep(20);
}

void main1() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
        spider();
    }
}

void main2() throws InterruptedException {
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 100; i++) {
        threads.add(Thread.ofPlatform().start(() -> {
            try {
                spider();
            } catch (InterruptedException e) {
                println(e);
            }
        }));
    }
    for (var thread : threads) {
        thread.join();
    }
}

void main3() {
    await(gather(Stream.generate(() -> coroutine(() -> sleep(ofMillis(20)))).limit(100).toList()));
}

double seconds(Callable<?> body) throws Exception {
    long start = System.nanoTime();
    body.call();
    return (System.nanoTime() - start) / 1e9;
}

void main() throws Exception {
    double time1 = seconds(() -> {
        main1();
        return null;
    });
    println("time1 :%.4f".formatted(time1));

    double time2 = seconds(() -> {
        main2();
        return null;
    });
    println("time2 :%.4f".formatted(time2));

    double time3 = seconds(() -> {
        run(() -> main3());
        return null;
    });
    println("time3 :%.4f".formatted(time3));

    println("threads are faster: " + (time2 < time1 / 3) + " and so are coroutines: " + (time3 < time1 / 3));
}
