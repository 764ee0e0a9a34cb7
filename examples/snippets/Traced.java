import static jasyncio.Asyncio.*;
import static java.time.Duration.*;

int parse(String text) {
    sleep(ofMillis(1));
    return Integer.parseInt(text);
}

int total() {
    var parsing = createTask("parser", () -> parse("12x"));
    return await(parsing) + 1;
}

void main() {
    run(() -> total());
}
