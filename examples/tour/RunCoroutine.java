/*
 * Run a coroutine object
 * 运行协程对象
 *
 * run makes a loop, runs the coroutine and closes the loop. run(() -> func()) does without the object.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;

void func() {
    println("快来搞我吧！");
}

void main() {
    var result = coroutine(() -> func());

    run(result);
}
