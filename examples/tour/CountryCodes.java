/*
 * Handing over control: country codes, sorted by a subgenerator
 * 转移控制权：由子生成器排序国家代号
 *
 * What is sent to the delegating generator goes to the subgenerator, and what that returns is the value of
 * yieldFrom.
 */
import static java.lang.IO.println;

import jasyncio.generator.*;

// the subgenerator
SendGenerator<Void, String, List<String>> generator() {
    return SendGenerator.of(y -> {
        var l = new ArrayList<String>();
        while (true) {
            String i = y.yield();
            if (i.equals("CLOSE")) {
                break;
            }
            l.add(i);
        }
        return l.stream().sorted().toList();
    });
}

// the delegating generator
SendGenerator<Void, String, Void> generator2() {
    return SendGenerator.primed(y -> {
        while (true) {
            var l = y.yieldFrom(generator());
            println("排序后的列表 " + l);
            println("-----------------");
        }
    });
}

// the client
void main() {
    var countries = List.of(List.of("AM", "ZA", "BG"), List.of("UG", "BE", "SI"), List.of("SC", "KI", "KI"));
    for (var country : countries) {
        println("国家代号列表： " + country);
        var c = generator2();
        for (var i : country) {
            c.send(i);
        }
        c.send("CLOSE");
    }
}
