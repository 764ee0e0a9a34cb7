package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.testing.VirtualLoop;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Scheduling, running and closing. */
class EventLoopTest {
    private final VirtualLoop v = new VirtualLoop();
    private final EventLoop loop = v.loop();

    @AfterEach
    void close() {
        v.close();
    }

    @Test
    void close_withACallbackOfAnotherThread_cancelsIt() throws Exception {
        Handle handle = CompletableFuture.supplyAsync(() -> loop.callSoonThreadsafe(() -> {}))
                .get(10, TimeUnit.SECONDS);
        assertFalse(handle.cancelled());
        loop.close();
        assertTrue(handle.cancelled());
    }

    @Test
    void callSoon_fromCallbacks_runsInTheNextIterationInOrder() {
        loop.callSoon(() -> {
            v.log("a");
            loop.callSoon(() -> v.log("a2"));
        });
        loop.callSoon(() -> {
            v.log("b");
            loop.callSoon(() -> {
                v.log("b2");
                loop.stop();
            });
        });
        loop.runForever();
        assertEquals(List.of("a", "b", "a2", "b2"), v.log());
    }

    @Test
    void callLater_withEqualDeadlines_runsInTheOrderOfScheduling() {
        for (int i = 0; i < 20; i++) {
            int n = i;
            loop.callLater(ofSeconds(1), () -> v.log(n));
        }
        loop.runUntilComplete(() -> sleep(ofSeconds(2)));
        assertEquals(
                "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]",
                v.log().toString());
    }

    @Test
    void callAt_inThePast_runsBeforeLaterDeadlinesOfTheSameIteration() {
        loop.runUntilComplete(() -> sleep(ofSeconds(10)));
        loop.callAt(Instant.EPOCH.plusSeconds(5), () -> v.log("5"));
        loop.callLater(ofSeconds(-7), () -> v.log("3"));
        loop.callLater(ZERO, () -> v.log("10"));
        loop.runUntilComplete(() -> sleep(ZERO));
        assertEquals(List.of("3", "5", "10"), v.log());
    }

    @Test
    void dueTimers_runAfterWhatWasReady() {
        loop.runUntilComplete(() -> {
            loop.callLater(ZERO, () -> v.log("timer"));
            loop.callSoon(() -> v.log("ready"));
            sleep(ZERO);
        });
        assertEquals(List.of("ready", "timer"), v.log());
    }

    @Test
    void callLater_withADistantDeadline_doesNotOverflow() {
        loop.callLater(Duration.ofSeconds(Long.MAX_VALUE), () -> v.log("never"));
        loop.callLater(ofSeconds(1), () -> v.log("soon"));
        loop.runUntilComplete(() -> sleep(ofSeconds(2)));
        assertEquals(List.of("soon"), v.log());
    }

    @Test
    void time_whileVirtualTimePasses_followsTheClock() {
        assertEquals(Instant.EPOCH, loop.time());
        loop.runUntilComplete(() -> sleep(Duration.ofMillis(1234)));
        assertEquals(Instant.EPOCH.plusMillis(1234), loop.time());
    }

    @Test
    void stop_inACallback_finishesTheIterationAndKeepsTheRest() {
        loop.callSoon(() -> {
            loop.stop();
            v.log("stopping");
            loop.callSoon(() -> v.log("next run"));
        });
        loop.callSoon(() -> v.log("same iteration"));
        loop.runForever();
        assertEquals(List.of("stopping", "same iteration"), v.log());
        assertFalse(loop.running());
        loop.callSoon(loop::stop);
        loop.runForever();
        assertEquals(List.of("stopping", "same iteration", "next run"), v.log());
    }

    @Test
    void stop_beforeRunForever_runsOneIteration() {
        loop.callSoon(() -> v.log("once"));
        loop.stop();
        loop.runForever();
        assertEquals(List.of("once"), v.log());
    }

    @Test
    void runUntilComplete_ofEachForm_returnsTheValue() throws Exception {
        assertEquals("call", loop.runUntilComplete(() -> "call"));
        assertEquals("coroutine", loop.runUntilComplete(Asyncio.coroutine(() -> "coroutine")));
        assertEquals("task", loop.runUntilComplete(loop.createTask(() -> "task")));
        Future<String> future = loop.createFuture();
        loop.callSoon(() -> future.setResult("future"));
        assertEquals("future", loop.runUntilComplete(future));
        assertEquals("future", loop.runUntilComplete(future));
    }

    @Test
    void runUntilComplete_ofAFailingBody_throwsTheVeryObject() {
        var failure = new IOException("broken");
        assertSame(failure, assertThrows(IOException.class, () -> loop.runUntilComplete(() -> fail(failure))));
        assertEquals("next", loop.runUntilComplete(() -> "next"));
    }

    private static String fail(IOException e) throws IOException {
        throw e;
    }

    @Test
    void runUntilComplete_ofACancelledTask_throwsCancelledError() {
        var task = loop.createTask(() -> sleep(ofSeconds(1)));
        loop.callSoon(() -> task.cancel("why"));
        assertEquals(
                "why",
                assertThrows(CancelledError.class, () -> loop.runUntilComplete(task))
                        .getMessage());
    }

    @Test
    void runUntilComplete_stoppedBeforeTheEnd_isRefused() {
        Future<String> future = loop.createFuture();
        loop.callSoon(loop::stop);
        var e = assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(future));
        assertEquals("Event loop stopped before the future completed: <Future pending>", e.getMessage());
    }

    @Test
    void runUntilComplete_leavesOtherTasksInTheirPlace() {
        var other = loop.createTask(() -> {
            sleep(ofSeconds(2));
            return "other";
        });
        loop.runUntilComplete(() -> sleep(ofSeconds(1)));
        assertFalse(other.done());
        assertEquals("other", loop.runUntilComplete(other));
        assertEquals(ofSeconds(2), v.elapsed());
    }

    @Test
    void run_inATaskOfTheSameOrAnotherLoop_isRefused() {
        virtually(inner -> {
            var same = assertThrows(IllegalStateException.class, inner.loop()::runForever);
            assertTrue(
                    same.getMessage().startsWith("This event loop is already running: <EventLoop test running=true"),
                    same.getMessage());
            var other = assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(() -> "value"));
            assertTrue(other.getMessage().contains("while another loop is running on this thread"), other.getMessage());
            assertTrue(other.getMessage().contains("in a task just call the method"), other.getMessage());
        });
    }

    @Test
    void close_whileRunning_isRefused() {
        var e = assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(() -> loop.close()));
        assertTrue(e.getMessage().endsWith("stop() it first"), e.getMessage());
        assertFalse(loop.closed());
    }

    @Test
    void close_whenIdle_refusesEverythingAfter() {
        loop.callSoon(() -> v.log("dropped"));
        loop.close();
        loop.close();
        assertTrue(loop.closed());
        List<Runnable> uses = List.of(
                () -> loop.callSoon(() -> {}),
                () -> loop.callSoonThreadsafe(() -> {}),
                () -> loop.callLater(ZERO, () -> {}),
                () -> loop.callAt(Instant.EPOCH, () -> {}),
                () -> loop.createTask(() -> {}),
                loop::runForever,
                () -> loop.runUntilComplete(() -> {}));
        for (var use : uses) {
            var e = assertThrows(IllegalStateException.class, use::run);
            assertTrue(e.getMessage().startsWith("Event loop is closed: <EventLoop test"), e.getMessage());
        }
        assertEquals(List.of(), v.log());
    }

    @Test
    void runningLoop_inTasksAndCallbacks_isTheirLoop() {
        loop.runUntilComplete(() -> {
            assertSame(loop, runningLoop());
            loop.callSoon(() -> v.log(runningLoop() == loop));
            sleep(ZERO);
            await(createTask(() -> assertSame(loop, runningLoop())));
        });
        assertEquals(List.of("true"), v.log());
        assertThrows(IllegalStateException.class, Asyncio::runningLoop);
    }

    @Test
    void synchronizedCaller_ofRunUntilComplete_keepsItsMonitor() {
        var monitor = new Object();
        synchronized (monitor) {
            loop.runUntilComplete(() -> sleep(ofSeconds(1)));
            assertTrue(Thread.holdsLock(monitor));
            monitor.notifyAll();
        }
    }
}
