import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.generator.AsyncGenerator;

AsyncGenerator<Integer> ticks(int count) {
    return AsyncGenerator.of(y -> {
        try {
            for (int i = 1; i <= count; i++) {
                sleep(ofMillis(10)); // the body awaits as any code of a task does
                y.yield(i);
            }
        } finally {
            sleep(ofMillis(10)); // also while it is closed
            println("ticker closed");
        }
    });
}

AsyncGenerator<String> labelled(Iterable<Integer> numbers) {
    return AsyncGenerator.of(y -> {
        for (int n : numbers) {
            y.yield("tick " + n);
        }
    });
}

void main() {
    run(() -> {
        for (var label : labelled(ticks(2))) {
            println(label);
        }

        try (var ticks = ticks(1_000)) { // leaving the loop does not close, this does
            for (int tick : ticks) {
                println("first is " + tick);
                break;
            }
        }

        println(ticks(3).stream().mapToInt(i -> i * i).sum());
    });
}
