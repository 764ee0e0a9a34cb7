/*
 * await 3: one after another
 * await 示例 3：依次等待
 *
 * Three times two seconds: awaiting one after another is sequential.
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
    var response = others();
    println("IO请求结束，结果为： " + response);

    response = others();
    println("IO请求结束，结果为： " + response);

    response = others();
    println("IO请求结束，结果为： " + response);
}

void main() {
    run(() -> func());
}
