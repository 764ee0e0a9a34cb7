package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.shield;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What Python's {@code repr} says, in Java's terms. */
class ToStringTest {

    /** A body with a name of its own. */
    private static final class Fetch implements Callable<String> {
        @Override
        public String call() {
            return "page";
        }

        @Override
        public String toString() {
            return "fetch(/index.html)";
        }
    }

    private static final class Mute {
        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }

    @Test
    void future_inEachState() {
        virtually(v -> {
            Future<Object> pending = v.future();
            assertEquals("<Future pending>", pending.toString());
            Future<Object> finished = v.future();
            finished.setResult("text");
            assertEquals("<Future finished result='text'>", finished.toString());
            Future<Object> number = v.future();
            number.setResult(42);
            assertEquals("<Future finished result=42>", number.toString());
            Future<Object> failed = v.future();
            failed.setException(new IOException("broken"));
            assertEquals("<Future finished exception=java.io.IOException: broken>", failed.toString());
            failed.cancel();
            Future<Object> cancelled = v.future();
            cancelled.cancel();
            assertEquals("<Future cancelled>", cancelled.toString());
        });
    }

    @Test
    void future_withCallbacks_listsThem() {
        virtually(v -> {
            Future<String> future = v.future();
            future.addDoneCallback(_ -> {});
            var task = createTask("waiter", () -> await(future));
            sleep(ZERO);
            assertEquals("<Future pending cb=[ToStringTest lambda, wakeup of waiter]>", future.toString());
            future.setResult("x");
            await(task);
        });
    }

    @Test
    void longResult_isCut() {
        virtually(v -> {
            Future<String> future = v.future();
            future.setResult("x".repeat(1000));
            assertEquals("<Future finished result='" + "x".repeat(58) + "…>", future.toString());
        });
    }

    @Test
    void task_inEachState() {
        virtually(v -> {
            Future<String> future = v.future();
            var task = createTask("t", () -> waitHere(future));
            assertEquals("<Task pending name='t' coro=<ToStringTest lambda not started>>", task.toString());
            sleep(ZERO);
            String waiting = task.toString();
            assertTrue(
                    waiting.matches("<Task pending name='t' coro=<ToStringTest.waitHere\\(\\) running at"
                            + " ToStringTest.java:\\d+> wait_for=<Future pending cb=\\[wakeup of t]>>"),
                    waiting);
            task.cancel();
            assertTrue(task.toString().startsWith("<Task cancelling name='t' "), task.toString());
            assertThrows(CancelledError.class, () -> await(task));
            assertEquals("<Task cancelled name='t' coro=<ToStringTest lambda done>>", task.toString());
        });
    }

    private static String waitHere(Future<String> future) {
        return await(future);
    }

    @Test
    void task_finished_showsItsResultOrException() {
        virtually(v -> {
            var task = createTask("t", () -> "value");
            await(task);
            assertEquals("<Task finished name='t' coro=<ToStringTest lambda done> result='value'>", task.toString());
            Task<String> failing = createTask("f", () -> {
                throw new IOException("broken");
            });
            assertThrows(IOException.class, () -> await(failing));
            assertEquals(
                    "<Task finished name='f' coro=<ToStringTest lambda done> exception=java.io.IOException: broken>",
                    failing.toString());
        });
    }

    @Test
    void task_waitingForATask_showsThatOneShortly() {
        virtually(v -> {
            var inner = createTask("inner", () -> sleep(ofSeconds(1)));
            var outer = createTask("outer", () -> await(inner));
            sleep(ZERO);
            assertTrue(outer.toString().endsWith(" wait_for=<Task pending name='inner'>>"), outer.toString());
            assertTrue(inner.toString().endsWith(" cb=[wakeup of outer]>"), inner.toString());
            await(outer);
        });
    }

    @Test
    void bodiesWithATextOfTheirOwn_showIt() {
        virtually(v -> {
            var task = createTask("t", new Fetch());
            assertEquals("<Task pending name='t' coro=<fetch(/index.html) not started>>", task.toString());
            await(task);
            var coroutine = Asyncio.coroutine(new Fetch());
            assertEquals("<Coroutine fetch(/index.html)>", coroutine.toString());
            await(coroutine);
        });
    }

    @Test
    void lambdaInAMethod_isNamedByTheMethodWhileItRuns() {
        virtually(v -> {
            var task = createTask("t", () -> {
                sleep(ofSeconds(1));
            });
            sleep(ZERO);
            assertTrue(
                    task.toString()
                            .contains("coro=<ToStringTest.lambdaInAMethod_isNamedByTheMethodWhileItRuns() running at"),
                    task.toString());
            await(task);
        });
    }

    @Test
    void callbacksOfTheLibrary_areNamedByWhatWaits() {
        virtually(v -> {
            Future<String> future = v.future();
            var gathered = gather(future);
            var shielded = shield(future);
            var waiting = createTask(() -> Asyncio.wait(java.util.List.of(future)));
            sleep(ZERO);
            assertEquals("<Future pending cb=[gather, shield, wait]>", future.toString());
            future.setResult("x");
            await(waiting);
            await(shielded);
            await(gathered);
        });
    }

    @Test
    void handles_andLoop() {
        virtually(v -> {
            var handle = v.loop().callSoon(() -> {});
            assertEquals("<Handle ToStringTest lambda>", handle.toString());
            handle.cancel();
            assertEquals("<Handle cancelled>", handle.toString());
            var timer = v.loop().callLater(ofSeconds(90), () -> {});
            assertEquals("<TimerHandle when=1970-01-01T00:01:30Z ToStringTest lambda>", timer.toString());
            timer.cancel();
            assertEquals(
                    "<EventLoop test running=true closed=false debug=false>",
                    v.loop().toString());
        });
    }

    @Test
    void scopesAndContexts() {
        virtually(v -> {
            assertEquals("<TaskGroup>", new TaskGroup().toString());
            var limit = Timeout.after(ofSeconds(5));
            assertEquals("<Timeout [not entered]>", limit.toString());
            limit.run(() -> assertEquals("<Timeout [active] when=1970-01-01T00:00:05Z>", limit.toString()));
            assertEquals("<Timeout [finished]>", limit.toString());
            var user = new ContextVar<String>("user");
            assertEquals("<ContextVar name='user'>", user.toString());
            var token = user.set("ada");
            assertEquals("<Token var=<ContextVar name='user'>>", token.toString());
            token.close();
            assertEquals("<Token used var=<ContextVar name='user'>>", token.toString());
        });
    }

    @Test
    void ofAValueWhoseToStringFails_doesNotFail() {
        virtually(v -> {
            Future<Object> future = v.future();
            future.setResult(new Mute());
            assertEquals("<Future finished result=<ToStringTest$Mute whose toString failed>>", future.toString());
        });
    }
}
