package jasyncio.testkit;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.runInExecutor;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.TestExecutionResult.Status;

/** Tests that must fail, and what they say. */
@Timeout(60)
class LeftoversTest {
    static class LeavesATask {
        static final List<String> LOG = new ArrayList<>();

        @JasyncioTest
        void test() {
            createTask("poller", () -> {
                try {
                    sleep(ofHours(1));
                } finally {
                    LOG.add("cleaned up");
                }
            });
        }
    }

    @Test
    void taskThatIsLeft_failsTheTestAndIsCancelled() {
        LeavesATask.LOG.clear();
        String message = Launched.failureOf(LeavesATask.class).getMessage();

        assertContains(message, "1 task is left when the test method had returned; await or cancel each:");
        assertContains(message, "task 'poller' awaits <Future pending cb=[wakeup of poller]>");
        assertContains(message, "LeftoversTest.java:");
        assertEquals(List.of("cleaned up"), LeavesATask.LOG);
    }

    static class LeavesATimer {
        @JasyncioTest
        void test(EventLoop loop) {
            loop.callLater(ofHours(1), () -> {});
        }
    }

    @Test
    void timerThatIsLeft_failsTheTest() {
        String message = Launched.failureOf(LeavesATimer.class).getMessage();

        assertContains(
                message,
                "1 timer is left when the test method had returned; cancel each:\n<TimerHandle when=1970-01-01T01:00:00Z");
    }

    static class LeavesWork {
        private static final CountDownLatch LATCH = new CountDownLatch(1);

        @JasyncioTest
        void test() {
            var _ = runInExecutor(null, () -> {
                LATCH.await();
                return 1;
            });
        }
    }

    @Test
    void workThatIsLeft_failsTheTest() {
        String message = Launched.failureOf(LeavesWork.class).getMessage();
        LeavesWork.LATCH.countDown();

        assertContains(message, "Work is left that nobody awaits: <ExecutorJob");
    }

    static class LosesAFailure {
        @JasyncioTest
        void test() {
            Task<?> _ = createTask("broken", () -> {
                throw new IllegalStateException("nobody looks");
            });
            sleep(ofMillis(1));
        }
    }

    @Test
    void failureThatNobodySaw_failsTheTestAndIsAttached() {
        Throwable failure = Launched.failureOf(LosesAFailure.class);

        assertContains(
                failure.getMessage(),
                "Task exception was never retrieved: 'broken': java.lang.IllegalStateException: nobody looks");
        assertEquals("nobody looks", failure.getSuppressed()[0].getMessage());
    }

    static class CallbackThrows {
        @JasyncioTest
        void test(EventLoop loop) {
            loop.callSoon(() -> {
                throw new IllegalStateException("in a callback");
            });
        }
    }

    @Test
    void callbackThatThrows_failsTheTest() {
        Throwable failure = Launched.failureOf(CallbackThrows.class);

        assertContains(failure.getMessage(), "Exception in callback");
        assertContains(failure.getMessage(), "in a callback");
    }

    static class Wedges {
        @JasyncioTest
        void test(VirtualClock clock) {
            clock.patience(ofMillis(20));
            var answer = runningLoop().<String>createFuture();
            Task<?> child = createTask("asker", () -> await(answer));
            await(child);
        }
    }

    @Test
    void wedge_failsTheTestWithTheTaskTree() {
        Throwable failure = Launched.failureOf(Wedges.class);

        assertEquals(WedgedError.class, failure.getClass());
        String[] lines = failure.getMessage().split("\n");
        assertEquals(
                "The test cannot go on: nothing is ready, no timer is set, and no other thread called within 0.02 s",
                lines[0]);
        assertEquals("task 'main' awaits task 'asker'", lines[1]);
        assertContains(lines[2], "    at ");
        assertContains(lines[2], "LeftoversTest$Wedges.test(LeftoversTest.java:");
        assertEquals("  task 'asker' awaits <Future pending cb=[wakeup of asker]>", lines[3]);
        assertContains(lines[4], "LeftoversTest.java:");
        assertEquals(5, lines.length, failure.getMessage());
    }

    static class RefusesToEnd {
        @JasyncioTest
        void test() {
            createTask("stubborn", () -> {
                while (true) {
                    try {
                        sleep(ofMillis(1));
                    } catch (CancelledError e) {
                        // and goes on
                    }
                }
            });
            createTask("spinning", () -> {
                while (true) {
                    try {
                        sleep(ZERO);
                    } catch (CancelledError e) {
                        // and goes on
                    }
                }
            });
        }
    }

    @Test
    void tasksThatRefuseToEnd_areReportedAndLeftBehind() {
        String message = Launched.failureOf(RefusesToEnd.class).getMessage();

        assertContains(message, "2 tasks are left");
        assertContains(message, "task 'stubborn' awaits");
        assertContains(message, "task 'spinning' is ready to run");
    }

    static class DoesNotFinishItsLog {
        @JasyncioTest
        void test(OrderLog log) {
            log.expect(1);
        }
    }

    @Test
    void orderLogThatIsNotFinished_failsTheTest() {
        assertContains(Launched.failureOf(DoesNotFinishItsLog.class).getMessage(), "did not come to finish(…)");
    }

    static class Throws {
        @JasyncioTest
        void test() {
            Task<?> _ = createTask(() -> {
                throw new IllegalStateException("the reason");
            });
            createTask(() -> sleep(ofHours(1)));
            sleep(ZERO);
            fail("what the test says");
        }
    }

    @Test
    void failureOfTheMethod_isThrownAsItIsWithWhatNobodySaw() {
        Throwable failure = Launched.failureOf(Throws.class);

        assertEquals("what the test says", failure.getMessage());
        assertEquals("the reason", failure.getSuppressed()[0].getMessage());
        assertFalse(failure.getMessage().contains("left"));
    }

    static class Assumes {
        @JasyncioTest
        void test() {
            Assumptions.assumeTrue(false, "not here");
        }
    }

    @Test
    void assumptionThatFails_abortsTheTest() {
        assertEquals(
                List.of(Status.ABORTED),
                Launched.run(Assumes.class).stream()
                        .map(Launched.Result::status)
                        .toList());
    }

    static class WantsTheClockOfRealTime {
        @JasyncioTest(realTime = true)
        void test(VirtualClock clock) {}
    }

    @Test
    void virtualClock_inRealTime_isRefused() {
        assertContains(
                Launched.failureOf(WantsTheClockOfRealTime.class).getMessage(),
                "A test with realTime = true has no VirtualClock");
    }

    static void assertContains(String text, String part) {
        assertTrue(text.contains(part), () -> "Expected: " + part + "\nin: " + text);
    }
}
