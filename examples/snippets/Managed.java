import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;
import jasyncio.generator.AsyncGenerator;

AsyncContextManager<String> transaction(String name) {
    return AsyncGenerator.asyncContextManager(y -> {
        println("begin " + name);
        try {
            y.yield(name); // the body of with(…) runs here
            println("commit " + name);
        } catch (Exception e) { // what with(…) throws; javac would not believe in an IOException here
            sleep(ofMillis(10));
            println("roll back " + name + ": " + e.getMessage()); // caught, so swallowed
        }
    });
}

void main() throws IOException {
    run(() -> {
        with(transaction("a"), name -> println("in " + name));
        with(transaction("b"), _ -> {
            throw new IOException("disk full");
        });

        var stack = new ExitStack();
        stack.run(() -> {
            stack.enter(transaction("c"));
            stack.enter(transaction("d"));
        });
    });
}
