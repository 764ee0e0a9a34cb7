import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;

String fetch(String url, int millis) throws IOException {
    sleep(ofMillis(millis));
    if (url.startsWith("bad")) {
        throw new IOException(url);
    }
    return url.toUpperCase();
}

void main() {
    run(() -> {
        var tasks = new ArrayList<Task<String>>();
        for (var url : List.of("slow", "bad", "fast")) {
            tasks.add(createTask(url, () -> fetch(url, url.equals("slow") ? 300 : 10)));
        }
        for (var task : asCompleted(tasks)) {
            try {
                println(await(task, IOException.class));
            } catch (IOException e) {
                println("failed: " + task.name());
            }
        }

        for (var outcome : await(gatherOutcomes(tasks))) {
            println(switch (outcome) {
                case Outcome.Success(var text) -> text;
                case Outcome.Failure(var e) -> e.getClass().getSimpleName();
            });
        }
    });
}
