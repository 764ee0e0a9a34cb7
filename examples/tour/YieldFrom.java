/*
 * yield, and yield from another generator
 * yield 与 yield from
 *
 * A generator hands out a value and stops there until it is asked for the next; yieldFrom hands out those of
 * another one.
 */
import static java.lang.IO.println;

import jasyncio.generator.*;

Generator<Integer> func1() {
    return Generator.of(y -> {
        y.yield(1);
        y.yieldFrom(func2());
        y.yield(3);
    });
}

Generator<Integer> func2() {
    return Generator.of(y -> {
        y.yield(2);
        y.yield(4);
    });
}

void main() {
    for (int i : func1()) {
        println(i);
    }
}
