/*
 * What return gives
 * 生成器的返回值
 *
 * A generator that returns ends with StopIteration, which carries the value. result() has it with its type.
 */
import static java.lang.IO.println;

import jasyncio.generator.*;

SendGenerator<Void, String, List<String>> generator() {
    return SendGenerator.primed(y -> {
        var l = new ArrayList<String>();
        while (true) {
            String value = y.yield();
            if (value.equals("CLOSE")) {
                break;
            }
            l.add(value);
        }
        return l;
    });
}

void main() {
    var g = generator();
    Object value = null;
    for (var i : List.of("a", "b", "CLOSE")) {
        try {
            g.send(i);
        } catch (StopIteration e) {
            value = e.value();
        }
    }

    println(value);
}
