package jasyncio.corpus;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Future;
import jasyncio.Task;
import jasyncio.testing.VirtualLoop;
import org.junit.jupiter.api.Test;

/** Debug mode remembers the line that created a task. */
class WhereTasksWereCreatedTest {

    /** Creates a task and returns the number of the line that does. */
    private static Task<Integer> created() {
        int above = new Throwable().getStackTrace()[0].getLineNumber();
        return createTask("t", () -> above + 1);
    }

    @Test
    void task_inDebugMode_saysWhereItWasCreated() {
        virtually(v -> {
            v.loop().setDebug(true);
            var task = created();
            v.loop().setDebug(false);
            String pending = task.toString();
            int line = await(task);
            String end = " created at WhereTasksWereCreatedTest.java:" + line + ">";
            assertTrue(pending.endsWith(end), pending);
            assertEquals(
                    "<Task finished name='t' coro=<WhereTasksWereCreatedTest lambda done> result=" + line + end,
                    task.toString());
        });
    }

    @Test
    void task_withoutDebugMode_doesNotSay() {
        virtually(v -> {
            var task = created();
            assertFalse(task.toString().contains("created"), task.toString());
            await(task);
        });
    }

    @Test
    void task_madeByTheLibraryInDebugMode_saysWhichLineAskedForIt() {
        virtually(v -> {
            v.loop().setDebug(true);
            Future<Void> shown = v.future();
            var gathered = gather(() -> {
                v.log(jasyncio.Asyncio.currentTask());
                shown.setResult(null);
            });
            sleep(ZERO);
            v.loop().setDebug(false);
            await(shown);
            await(gathered);
            assertTrue(v.log().getFirst().contains(" created at WhereTasksWereCreatedTest.java:"), v.log()::toString);
        });
    }

    @Test
    void destroyedTask_inDebugMode_isReportedWithItsLine() {
        var v = new VirtualLoop();
        v.loop().setDebug(true);
        var task = v.loop().task().name("left").start(() -> sleep(ZERO));
        v.close();
        String message = v.takeFailures().getFirst().message();
        assertTrue(
                message.startsWith("Task was destroyed but it is pending!: 'left' created at"
                        + " WhereTasksWereCreatedTest.java:"),
                message);
        assertFalse(task.done());
    }
}
