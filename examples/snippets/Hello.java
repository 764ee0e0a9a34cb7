import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

String boil(String what, int millis) {
    println(what + " on the stove");
    sleep(ofMillis(millis)); // this task waits, the others go on
    return what + " after " + millis + " ms";
}

void main() {
    run(() -> {
        println(await(gather(() -> boil("rice", 300), () -> boil("eggs", 200), () -> boil("tea", 100))));
        try {
            timeout(ofMillis(100), () -> println(boil("beans", 60_000)));
        } catch (TimeoutException e) {
            println("no beans today");
        }
    });
}
