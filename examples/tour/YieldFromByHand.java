/*
 * yield from, spelled out
 * yield from 的展开
 *
 * What yieldFrom does: values come out, what is sent or thrown goes in, close closes the inner one, and its
 * return is the result.
 */
import static java.lang.IO.println;

import jasyncio.generator.*;

/** The subgenerator: is sent numbers, yields their mean so far, and forgets them when an exception is thrown in. */
SendGenerator<Double, Double, String> average() {
    return SendGenerator.of(y -> {
        int count = 0;
        double total = 0;
        Double mean = null;
        while (true) {
            Double number;
            try {
                number = y.yield(mean);
            } catch (IllegalArgumentException e) {
                println("start again");
                count = 0;
                total = 0;
                mean = null;
                continue;
            }
            if (number == null) {
                return "mean of " + count + ": " + mean;
            }
            count++;
            total += number;
            mean = total / count;
        }
    });
}

SendGenerator<Double, Double, String> byHand() {
    return SendGenerator.of(y -> {
        var sub = average();
        try {
            Double value = sub.next();
            while (true) {
                Double sent;
                try {
                    sent = y.yield(value);
                } catch (GeneratorExit e) {
                    sub.close();
                    throw e;
                } catch (Throwable e) {
                    value = sub.throwIn(e);
                    continue;
                }
                value = sent == null ? sub.next() : sub.send(sent);
            }
        } catch (StopIteration e) {
            return sub.result();
        }
    });
}

SendGenerator<Double, Double, String> delegated() {
    return SendGenerator.of(y -> y.yieldFrom(average()));
}

void use(String name, SendGenerator<Double, Double, String> g) {
    println(name);
    g.next();
    println(g.send(10.0) + " " + g.send(20.0));
    println(g.throwIn(new IllegalArgumentException()));
    println(g.send(5.0));
    try {
        g.send(null);
    } catch (StopIteration e) {
        println(e.value());
    }
}

void main() {
    use("by_hand", byHand());
    use("delegated", delegated());
}
