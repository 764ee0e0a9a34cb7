/*
 * The same by hand: a nested loop, and yield from
 * 用 yield from 避免嵌套循环
 *
 * yieldFrom takes any iterable.
 */
import static java.lang.IO.println;

import jasyncio.generator.*;

Generator<String> chains1(List<List<String>> args) {
    return Generator.of(y -> {
        for (var i : args) {
            for (var n : i) {
                y.yield(n);
            }
        }
    });
}

Generator<String> chains2(List<List<String>> args) {
    return Generator.of(y -> {
        for (var i : args) {
            y.yieldFrom(i);
        }
    });
}

void main() {
    var args = List.of(List.of("one", "two", "three"), List.of("a", "b", "c"));
    for (var i : chains1(args)) {
        println(i);
    }
    println("\n");
    for (var i : chains2(args)) {
        println(i);
    }
}
