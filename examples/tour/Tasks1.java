/*
 * Tasks 1: two at the same time
 * task 示例 1：两个任务并发
 *
 * createTask adds a task to the loop at once; it begins when its creator waits for something.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

void func(int i) {
    println(i + " start");
    sleep(ofSeconds(2));
    println(i + " stop");
}

void main() {
    run(() -> {
        println("main start");

        var task1 = createTask(() -> func(1));
        var task2 = createTask(() -> func(2));

        var ret1 = await(task1);
        var ret2 = await(task2);

        println(ret1 + " " + ret2);

        println("main stop");
    });
}
