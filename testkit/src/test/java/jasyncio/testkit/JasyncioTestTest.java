package jasyncio.testkit;

import static jasyncio.Asyncio.allTasks;
import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.Asyncio.toThread;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.EventLoop;
import jasyncio.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests that pass, written as a user writes them. */
@Timeout(30)
class JasyncioTestTest {
    private EventLoop loopOfSetUp;

    @BeforeEach
    void setUp(EventLoop loop) {
        loopOfSetUp = loop;
    }

    @JasyncioTest
    void method_isTheMainCoroutine(EventLoop loop) {
        assertEquals("main", currentTask().name());
        assertEquals(Set.of(currentTask()), allTasks());
        assertSame(loop, runningLoop());
        assertSame(loop, loopOfSetUp);
    }

    @JasyncioTest
    void sleep_ofAnHour_takesNoTime(VirtualClock clock) {
        long start = System.nanoTime();

        sleep(ofHours(1));

        assertEquals(ofHours(1), clock.elapsed());
        assertTrue(System.nanoTime() - start < ofSeconds(20).toNanos());
    }

    @JasyncioTest
    void timers_fireInOrderOfTheirTime(OrderLog log) {
        await(gather(
                () -> {
                    sleep(ofHours(2));
                    log.expect(2);
                },
                () -> {
                    sleep(ofHours(1));
                    log.expect(1);
                }));
        log.finish(3);
    }

    @JasyncioTest
    void timeout_ofSomethingThatNeverComes_ends(VirtualClock clock) {
        var never = runningLoop().createFuture();

        assertThrows(TimeoutException.class, () -> timeout(ofSeconds(30), () -> await(never)));

        assertEquals(ofSeconds(30), clock.elapsed());
    }

    @JasyncioTest
    void toThread_isWaitedForWithoutTimePassing(VirtualClock clock) {
        Task<?> sleeper = createTask(() -> sleep(ofHours(1)));

        assertEquals("done", toThread(() -> "done"));

        assertEquals(Duration.ZERO, clock.elapsed());
        sleeper.cancel();
    }

    @JasyncioTest
    void completionStage_isWaitedForWithoutTimePassing(VirtualClock clock) {
        Task<?> sleeper = createTask(() -> sleep(ofHours(1)));

        assertEquals(42, await(CompletableFuture.supplyAsync(() -> 42)));

        assertEquals(Duration.ZERO, clock.elapsed());
        sleeper.cancel();
    }

    @JasyncioTest
    void cancelledTask_thatEndsByItself_isNotLeft() {
        createTask(() -> sleep(ofHours(1))).cancel();
    }

    @JasyncioTest
    void expectedFailure_goesToTheTestsOwnHandler(EventLoop loop) {
        var failures = new java.util.ArrayList<EventLoop.Failure>();
        loop.setExceptionHandler(failures::add);

        loop.callSoon(() -> {
            throw new IllegalStateException("expected");
        });
        sleep(ofMillis(1));

        assertEquals(
                List.of("expected"),
                failures.stream().map(f -> f.exception().getMessage()).toList());
    }

    @JasyncioTest(realTime = true)
    void realTime_passesByItself() {
        long start = System.nanoTime();

        sleep(ofMillis(3));

        assertTrue(System.nanoTime() - start >= ofMillis(3).toNanos());
    }

    @JasyncioTest
    void otherParameters_areJUnits(@TempDir Path directory) {
        sleep(ofHours(1));
        assertTrue(directory.toFile().isDirectory());
    }

    @Nested
    class Inner {
        @JasyncioTest
        void nestedClass_works() {
            sleep(ofHours(1));
        }
    }
}
