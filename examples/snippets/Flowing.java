import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.executor.Publishers;
import jasyncio.generator.AsyncGenerator;
import java.util.concurrent.SubmissionPublisher;

void main() {
    run(() -> {
        var prices = new SubmissionPublisher<Integer>(); // publishes on threads of its own
        createTask(() -> toThread(() -> {
            while (!prices.hasSubscribers()) {
                Thread.onSpinWait();
            }
            for (int i = 1; i <= 1_000; i++) {
                prices.submit(i); // waits when the iteration does not keep up
            }
            prices.close();
        }));
        long sum = 0;
        for (int price : Publishers.iterate(prices)) {
            sum += price;
        }
        println("sum " + sum);

        // The other way: a publisher whose subscribers are served by tasks of this loop.
        var squares = Publishers.publish(AsyncGenerator.<Integer>of(y -> {
            for (int i = 1; i <= 3; i++) {
                sleep(ofMillis(10));
                y.yield(i * i);
            }
        }));
        for (int square : Publishers.iterate(squares)) {
            println("square " + square);
        }
    });
}
