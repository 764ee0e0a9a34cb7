/*
 * A task goes on where it waited
 * 任务从等待处继续
 *
 * Two pauses in one coroutine. What an await gives back is the value of what was awaited; a pause has none.
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

void func() {
    var response = await(coroutine(() -> sleep(ofSeconds(2))));
    println("get1: " + response);

    response = await(coroutine(() -> sleep(ofSeconds(3))));
    println("get2: " + response);
}

void main() {
    run(() -> func());
}
