/*
 * await 2: wait for another coroutine
 * await 示例 2：等待另一个协程
 *
 * Awaiting a coroutine runs it in the same task, which is what a plain call does.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

String others() {
    println("start");
    sleep(ofSeconds(2));
    println("end");
    return "返回值";
}

void func() {
    println("执行协程函数内部代码");
    var response = others(); // waits in here; the loop runs other tasks, if there are any
    println("IO请求结束，结果为： " + response);
}

void main() {
    run(() -> func());
}
