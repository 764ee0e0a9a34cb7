import static jasyncio.Asyncio.*;
import static java.time.Duration.*;

long fibonacci(int n) {
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

void main() {
    run(() -> {
        var task = createTask("hungry", () -> {
            long end = System.nanoTime() + ofMillis(300).toNanos();
            while (System.nanoTime() < end) {
                fibonacci(25); // computes, and awaits nothing
            }
        });
        await(task);
    });
}
