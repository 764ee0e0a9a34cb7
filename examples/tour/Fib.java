/*
 * A generator of Fibonacci numbers
 * 斐波那契数列生成器
 *
 * The body runs only as far as it is asked to.
 *
 * CPython differs: in what a generator says of itself.
 */
import static java.lang.IO.println;

import jasyncio.generator.*;

Generator<Integer> fib(int n) {
    return Generator.of(y -> {
        int a = 0;
        int b = 1;
        while (b < n) {
            int next = a + b;
            a = b;
            b = next;
            y.yield(a);
        }
    });
}

void main() {
    println(fib(100));
    for (int i : fib(100)) {
        println(i);
    }
}
