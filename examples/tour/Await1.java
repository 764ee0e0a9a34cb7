/*
 * await 1: wait for a pause
 * await 示例 1：等待一段时间
 *
 * await takes what can be awaited and gives back its value. A pause has none: in Java one just calls sleep.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

void func() {
    println("来玩啊");
    var response = await(coroutine(() -> sleep(ofSeconds(2))));
    println("结束 " + response);
}

void main() {
    run(() -> func());
}
