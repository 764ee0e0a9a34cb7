package jasyncio.queue;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Task;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** A queue belongs to the loop of the first task that had to wait: other threads and loops are refused, and lose no item. */
class OtherThreadsTest {
    private static final Executor THREAD = body -> Thread.ofPlatform().start(body);

    private static void refusedElsewhere(Queue<?> queue, Runnable call) {
        String before = queue.toString();
        var e = assertThrows(IllegalStateException.class, () -> await(CompletableFuture.runAsync(call, THREAD)));
        assertTrue(e.getMessage().startsWith("Cannot use " + before + " on Thread["), e.getMessage());
        assertTrue(e.getMessage().contains("go through loop.callSoonThreadsafe(…)"), e.getMessage());
        assertEquals(before, queue.toString());
    }

    @Test
    void queue_withAGetterFromAnotherThread_isRefused() {
        virtually(v -> {
            var queue = new Queue<String>();
            Task<String> getter = createTask(() -> queue.get());
            sleep(ZERO);
            refusedElsewhere(queue, () -> queue.putNowait("lost"));
            refusedElsewhere(queue, () -> queue.put("lost"));
            refusedElsewhere(queue, queue::shutdown);
            refusedElsewhere(queue, queue::shutdownNow);
            v.loop().callSoonThreadsafe(() -> queue.putNowait("item"));
            assertEquals("item", await(getter));
        });
    }

    @Test
    void queue_withAPutterFromAnotherThread_isRefused() {
        virtually(v -> {
            var queue = new Queue<String>(1);
            queue.putNowait("first");
            Task<Void> putter = createTask(() -> queue.put("second"));
            sleep(ZERO);
            refusedElsewhere(queue, queue::getNowait);
            refusedElsewhere(queue, queue::tryGet);
            refusedElsewhere(queue, () -> queue.get());
            assertEquals("first", queue.get());
            await(putter);
        });
    }

    @Test
    void queue_withAJoinerFromAnotherThread_isRefused() {
        virtually(v -> {
            var queue = new Queue<String>();
            queue.putNowait("item");
            Task<Void> joiner = createTask(queue::join);
            sleep(ZERO);
            refusedElsewhere(queue, queue::taskDone);
            refusedElsewhere(queue, () -> queue.putNowait("another"));
            queue.taskDone();
            await(joiner);
        });
    }

    @Test
    void queue_onALaterLoop_givesWhatItHasButRefusesToWait() {
        var queue = new Queue<String>();
        virtually(v -> {
            Task<String> getter = createTask(() -> queue.get());
            sleep(ZERO);
            queue.putNowait("a");
            assertEquals("a", await(getter));
        });
        queue.putNowait("b");
        virtually(v -> {
            assertEquals("b", queue.get());
            var e = assertThrows(IllegalStateException.class, queue::get);
            assertTrue(e.getMessage().contains("is bound to a different event loop: <EventLoop"), e.getMessage());
            assertTrue(e.getMessage().endsWith("; create one for each loop"), e.getMessage());
        });
    }
}
