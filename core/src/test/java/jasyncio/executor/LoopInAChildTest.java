package jasyncio.executor;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.runInExecutor;
import static jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A child process has no loop of its parent's and may run its own. */
@Timeout(120)
class LoopInAChildTest {

    private static String hello() {
        return run(() -> {
            sleep(Duration.ofMillis(1));
            return "hello";
        });
    }

    @Test
    void loop_inAJobOfATask_isTheChildsOwn() {
        try (var pool = new ProcessPoolExecutor(1, o -> o.output(Redirect.DISCARD))) {
            run(() -> {
                ProcessPoolExecutor.Job<String> job = () -> hello();
                assertEquals("hello", await(runInExecutor(pool, job)));
            });
        }
    }
}
