package jasyncio.corpus;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.task;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jasyncio.Action;
import jasyncio.Context;
import jasyncio.ContextVar;
import jasyncio.Future;
import jasyncio.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whose value a task and its callbacks see. */
class ContextTasksTest {

    @Test
    void valueSetInADoneCallback_isNotSeenByWhoAddedIt() {
        virtually(v -> {
            var variable = new ContextVar<>("variable", "none");
            var main = createTask(() -> {
                for (int i = 0; i < 2; i++) {
                    Future<Void> future = v.future();
                    future.addDoneCallback(_ -> {
                        var _ = variable.set("callback");
                        v.log(variable.get());
                    });
                    var _ = variable.set("main " + i);
                    v.loop().callSoon(() -> future.setResult(null));
                    await(future);
                    assertEquals("main " + i, variable.get());
                    for (int j = 0; j < 3; j++) {
                        var _ = variable.set("main " + i + j);
                        sleep(ofMillis(1));
                        assertEquals("main " + i + j, variable.get());
                    }
                }
            });
            await(main);
            assertEquals("none", variable.get());
            assertEquals(List.of("callback", "callback"), v.log());
        });
    }

    @Test
    void hundredTasks_thatAllSetIt_seeTheirOwn() {
        virtually(v -> {
            var variable = new ContextVar<>("variable", -1);
            var random = new Random(3);
            List<Task<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int number = random.nextInt(11);
                tasks.add(createTask(() -> {
                    for (int k = 0; k < 10; k++) {
                        var _ = variable.set(number + k);
                        sleep(ofMillis(1 + random.nextInt(50)));
                        assertEquals(number + k, variable.get());
                    }
                }));
            }
            await(gather(tasks));
            assertEquals(-1, variable.get());
            assertFalse(v.elapsed().isZero());
        });
    }

    @Test
    void oneContext_ofTwoTasksInTurn_keepsWhatTheyLeave() {
        virtually(v -> {
            var variable = new ContextVar<Integer>("variable", 0);
            for (boolean byLoop : List.of(false, true)) {
                Context context = Context.copyCurrent();
                for (int value : IntStream.of(1, 2).toArray()) {
                    Action<RuntimeException> body = () -> {
                        sleep(ZERO);
                        var _ = variable.set(value);
                    };
                    await((byLoop ? v.loop().task() : task()).context(context).start(body));
                    assertEquals(value, context.run(variable::get));
                }
            }
            assertEquals(0, variable.get());
        });
    }
}
