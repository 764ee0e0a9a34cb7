/*
 * A coroutine object does nothing by itself
 * 协程对象：创建时不执行
 *
 * Calling an async def gives an object in Python. In Java calling a method runs it; who wants the object asks
 * for it with coroutine(…).
 */
import static jasyncio.Asyncio.*;
import static java.lang.IO.println;

void func() {
    println("inside");
}

void main() {
    var obj = coroutine(() -> func());
    println("the object is there, nothing has run");

    run(obj);
}
