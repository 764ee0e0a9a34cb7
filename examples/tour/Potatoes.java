/*
 * The potato shop: an asynchronous generator
 * 买土豆：异步生成器
 *
 * A generator that waits for more potatoes when the shelf is empty. The notes put the list of five new ones on
 * the shelf as if it were one potato, so that the customer pays fifty times and waits 90 s; then the same with
 * that mended.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;
import jasyncio.generator.*;

record Potato() {
    static List<Potato> make(int num) {
        return Stream.generate(Potato::new).limit(num).toList();
    }
}

final List<Object> allPotatoes = new ArrayList<>();

AsyncGenerator<Object> takePotatoes(int nums, Action<RuntimeException> askForPotatoes) {
    return AsyncGenerator.of(y -> {
        int count = 0;
        while (true) {
            if (allPotatoes.isEmpty()) {
                askForPotatoes.run();
            } else {
                y.yield(allPotatoes.removeLast());
                count++;
                if (count == nums) {
                    break;
                }
            }
        }
    });
}

void askForPotatoes() {
    sleep(ofSeconds(2));
    allPotatoes.add(Potato.make(5));
}

void askForPotatoesMended() {
    sleep(ofSeconds(2));
    allPotatoes.addAll(Potato.make(5));
}

void buyPotatoes(Action<RuntimeException> askForPotatoes) {
    var start = runningLoop().time();
    var bucket = new ArrayList<>();
    for (var p : takePotatoes(50, askForPotatoes)) {
        bucket.add(p);
        println("Go photo " + System.identityHashCode(p) + " " + (p instanceof List<?> list ? list.size() : 1));
    }
    println("bought " + bucket.size() + " in " + between(start, runningLoop().time()).toMillis() / 1000.0 + " s");
}

void main() {
    try (var loop = newEventLoop()) {
        allPotatoes.addAll(Potato.make(5));
        loop.runUntilComplete(() -> buyPotatoes(this::askForPotatoes));
        println("mended");
        allPotatoes.addAll(Potato.make(5));
        loop.runUntilComplete(() -> buyPotatoes(this::askForPotatoesMended));
    }
}
