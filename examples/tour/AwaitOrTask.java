/*
 * A call waits, tasks run at the same time
 * 直接等待协程，还是先创建任务
 *
 * Calling one suspending method after the other takes the sum of their times; two tasks take the longer one's.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

int work(int x) {
    sleep(ofSeconds(x));
    return x;
}

double secondsSince(Instant start) {
    return between(start, runningLoop().time()).toMillis() / 1000.0;
}

void main() {
    run(() -> {
        var start = runningLoop().time();
        println(work(1) + work(2) + " by coroutines, after " + secondsSince(start) + " s");

        var again = runningLoop().time();
        var first = createTask(() -> work(1));
        var second = createTask(() -> work(2));
        println(await(first) + await(second) + " by tasks, after " + secondsSince(again) + " s");
    });
}
