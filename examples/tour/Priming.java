/*
 * Priming: run to the first yield
 * 预激协程
 *
 * Nothing can be sent to a generator that has not reached a yield. Python's notes write a decorator for that;
 * primed is one.
 */
import static java.lang.IO.println;

import jasyncio.generator.*;

SendGenerator<String, String, Void> generator() {
    return SendGenerator.primed(y -> {
        String i = "激活生成器";
        String value = null;
        while (true) {
            try {
                value = y.yield(i);
            } catch (IllegalArgumentException e) {
                println("OVER");
            }
            i = value;
        }
    });
}

void main() {
    var g = generator();
    println(g.state());
}
