package jasyncio.devices;

import static jasyncio.Asyncio.allTasks;
import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.runCoroutineThreadsafe;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.Task;
import jasyncio.TaskFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** A callback that blocks is left behind, and the loop goes on: also while it makes a task that somebody cancels meanwhile. */
class CancelledWhileBeingMadeTest {
    private static final int ENOUGH = 2_000;

    @Test
    @DisabledIfSystemProperty(
            named = "jasyncio.backend",
            matches = "portable",
            disabledReason = "a callback that blocks blocks the loop")
    void taskOfAnotherThread_cancelledWhileItsFactoryBlocks_doesNotRunOn() {
        run(() -> {
            EventLoop loop = runningLoop();
            Future<String> entered = loop.createFuture();
            var released = new LinkedBlockingQueue<String>();
            loop.setTaskFactory(new Blocking(entered, released));
            var asked = runCoroutineThreadsafe(loop, () -> sleep(ofHours(1)));
            await(entered);
            loop.setTaskFactory(null);
            assertTrue(asked.cancel(true));
            sleep(ofMillis(1)); // the news of it passes while there is no task
            released.put("go on");
            sleep(ofMillis(1));
            for (int i = 0; i < ENOUGH && allTasks().size() > 1; i++) {
                sleep(ofMillis(1));
            }
            assertEquals(1, allTasks().size(), "only this one is left");
        });
    }

    private record Blocking(Future<String> entered, LinkedBlockingQueue<String> released) implements TaskFactory {
        @Override
        public <T> Task<T> newTask(Task.Builder builder, Callable<? extends T> body) {
            entered.setResult("entered");
            try {
                released.take();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return builder.start(body);
        }
    }
}
