import static jasyncio.Asyncio.*;
import static java.lang.IO.println;

import jasyncio.*;
import jasyncio.net.*;

void main() {
    println("new loops wait with " + Engine.best());
    for (var engine : Engine.values()) {
        println(engine + (engine.available() ? " works" : " does not work") + " here");
    }
    try (var runner = new Runner(o -> o.loopFactory(Engine.NIO::newEventLoop))) {
        runner.run(() -> println("this one waits with NIO"));
    }
}
