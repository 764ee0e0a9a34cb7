/*
 * An asynchronous context manager
 * 异步上下文管理器
 *
 * It waits on the way in and on the way out. If exit need not see what the body threw, an AutoCloseable is
 * enough.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

static class AsyncContentManager implements AsyncContextManager<AsyncContentManager> {
    String conn = "none";

    String doSomething() {
        return "result";
    }

    @Override
    public AsyncContentManager enter() {
        sleep(ofSeconds(1));
        conn = "connection";
        println("opened");
        return this;
    }

    @Override
    public boolean exit(Throwable thrown) {
        sleep(ofSeconds(1));
        println("closed");
        return false;
    }
}

void main() {
    run(() -> with(new AsyncContentManager(), f -> println(f.doSomething())));
}
