/*
 * An asynchronous iterator
 * 异步迭代器
 *
 * It waits between its items, and a plain for loop waits with it.
 *
 * CPython differs: the class of the notes has an async __aiter__, which Python refuses since 3.7. Here aiter is
 * inherited.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

static class AsyncReader implements AsyncIterator<Integer> {
    private int count;

    private int readLine() {
        sleep(ofSeconds(1));
        return ++count;
    }

    @Override
    public Integer anext() {
        int line = readLine();
        if (line == 100) {
            throw new StopAsyncIteration();
        }
        return line;
    }
}

void main() {
    run(() -> {
        for (int each : new AsyncReader()) {
            println(each);
        }
    });
}
