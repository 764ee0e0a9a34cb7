import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

static class Config {
    static final String TEXT = load();

    static String load() {
        sleep(ofMillis(10)); // the class initialiser is on the stack: this task cannot be suspended
        return "loaded";
    }
}

void main() {
    run(() -> {
        try {
            println(Config.TEXT);
        } catch (ExceptionInInitializerError e) {
            println(e.getCause().getMessage());
        }
    });
}
