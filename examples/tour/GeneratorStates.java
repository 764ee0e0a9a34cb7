/*
 * The states of a generator: next, send, throw, close
 * 生成器的状态：next、send、throw、close
 *
 * yield hands a value out and gives back the one that is sent in. An exception can be thrown in at the same
 * place.
 */
import static java.lang.IO.println;

import jasyncio.generator.*;

SendGenerator<String, String, Void> generator() {
    return SendGenerator.of(y -> {
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
    println(g.next());
    println(g.state());
    println(g.send("hello world"));
    println(g.throwIn(new IllegalArgumentException()));
    g.close();
    println(g.state());
}
