package jasyncio.testkit;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.toThread;
import static jasyncio.testkit.LeftoversTest.assertContains;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.EventLoop;
import jasyncio.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clock by itself, without the extension. */
@Timeout(30)
class VirtualClockTest {
    private final VirtualClock clock = new VirtualClock();
    private final EventLoop loop = clock.newEventLoop(o -> o.name("virtual"));

    @AfterEach
    void closeLoop() {
        loop.setExceptionHandler(_ -> {});
        loop.close();
    }

    @Test
    void sleep_ofAYear_isExact() {
        loop.runUntilComplete(() -> sleep(ofDays(365)));

        assertEquals(ofDays(365), clock.elapsed());
        assertEquals(Instant.EPOCH.plus(ofDays(365)), loop.time());
    }

    @Test
    void manySleepers_wakeInOrderOfTheirTime() {
        List<Integer> woken = new ArrayList<>();
        loop.runUntilComplete(() -> {
            List<Task<?>> tasks = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                int seconds = (i * 7919) % 2000;
                tasks.add(createTask(() -> {
                    sleep(ofSeconds(seconds + 1));
                    woken.add(seconds);
                }));
            }
            for (Task<?> task : tasks) {
                await(task);
            }
        });

        assertEquals(woken.stream().sorted().toList(), woken);
        assertEquals(ofSeconds(2000), clock.elapsed());
    }

    @Test
    void advance_makesTimersDueWithoutWaiting() {
        List<String> log = new ArrayList<>();
        loop.runUntilComplete(() -> {
            loop.callLater(ofSeconds(1), () -> log.add("timer"));
            clock.advance(ofSeconds(5));
            log.add("advanced");
            sleep(ZERO);
        });

        assertEquals(List.of("advanced", "timer"), log);
        assertEquals(ofSeconds(5), clock.elapsed());
        assertThrows(IllegalArgumentException.class, () -> clock.advance(ofSeconds(-1)));
    }

    @Test
    void secondLoop_isRefused() {
        assertContains(
                assertThrows(IllegalStateException.class, clock::newEventLoop).getMessage(),
                "create a clock for each loop");
    }

    @Test
    void otherThread_wakesALoopWithoutTimers() {
        var started = new CountDownLatch(1);
        String result = loop.runUntilComplete(() -> {
            var answer = loop.<String>createFuture();
            Thread.ofPlatform().daemon().start(() -> loop.callSoonThreadsafe(() -> answer.setResult("from outside")));
            started.countDown();
            return await(answer);
        });

        assertEquals("from outside", result);
    }

    @Test
    void executorThatIsSlow_isWaitedForAndTimeStandsStill() {
        var handedOver = new AtomicReference<Runnable>();
        Executor slow = handedOver::set;
        loop.setDefaultExecutor(slow);
        loop.runUntilComplete(() -> {
            Task<?> timer = createTask(() -> sleep(ofHours(1)));
            Task<String> work = createTask(() -> toThread(() -> "result"));
            sleep(ZERO);
            Thread.ofPlatform().daemon().start(() -> handedOver.get().run());
            assertEquals("result", await(work));
            assertEquals(ZERO, clock.elapsed());
            timer.cancel();
        });
    }

    @Test
    void workThatDoesNotEnd_isNamedAfterAWhile() {
        clock.patience(ofMillis(20));
        Task<?> main = loop.task().name("main").start(() -> {
            createTask("timer", () -> sleep(ofHours(1)));
            await(new CompletableFuture<String>());
        });

        String message = assertThrows(WedgedError.class, () -> loop.runUntilComplete(main))
                .getMessage();

        assertContains(
                message,
                "Virtual time stands still: waited 0.02 s of real time for\njava.util.concurrent.CompletableFuture@");
        assertContains(message, "or run in real time with @JasyncioTest(realTime = true)");
        assertContains(message, "task 'main' awaits");
        assertEquals(ZERO, clock.elapsed());
    }

    @Test
    @Tag("blocking")
    void taskThatSleepsReally_isNamedAfterAWhile() {
        clock.patience(ofMillis(20));
        var released = new CountDownLatch(1);
        Task<?> main = loop.task().name("main").start(() -> {
            createTask("timer", () -> sleep(ofHours(1)));
            released.await();
        });

        String message = assertThrows(WedgedError.class, () -> loop.runUntilComplete(main))
                .getMessage();
        released.countDown();

        assertContains(message, "task 'main' is blocked in a JDK call\n\tat ");
        assertContains(message, "CountDownLatch.await");
        assertContains(message, "VirtualClockTest.java:");
        assertEquals(ZERO, clock.elapsed());
    }

    @Test
    @Tag("blocking")
    void lockBetweenTasks_whoseHolderSleeps_isNamedAfterAWhile() {
        clock.patience(ofMillis(20));
        var lock = new ReentrantLock();
        Task<?> main = loop.task().name("main").start(() -> {
            Task<?> holder = createTask("holder", () -> {
                lock.lock();
                try {
                    sleep(ofSeconds(1));
                } finally {
                    lock.unlock();
                }
            });
            sleep(ZERO);
            lock.lock();
            try {
                await(holder);
            } finally {
                lock.unlock();
            }
        });

        // The clock cannot know that the lock is held by one of its own tasks, which sleeps: it says who waits for it.
        String message = assertThrows(WedgedError.class, () -> loop.runUntilComplete(main))
                .getMessage();

        assertContains(message, "task 'main' is blocked in a JDK call");
        assertContains(message, "task 'holder' awaits");
    }

    @Test
    void taskThatSpins_isNamedInTheEnd() {
        clock.hurry();
        Task<?> main = loop.task().name("main").start(() -> {
            var done = new boolean[1];
            loop.callLater(ofSeconds(1), () -> done[0] = true);
            while (!done[0]) {
                sleep(ZERO); // time does not pass while something is ready
            }
        });

        String message = assertThrows(WedgedError.class, () -> loop.runUntilComplete(main))
                .getMessage();

        assertContains(message, "the loop ran 100000 iterations without coming to rest. A task spins");
        assertContains(message, "task 'main' is ready to run");
    }

    @Test
    void wedge_isReportedWithoutTheExtensionToo() {
        clock.patience(ofMillis(20));
        var never = loop.<String>createFuture();
        Task<?> main = loop.task().name("main").start(() -> {
            await(never);
        });

        assertContains(
                assertThrows(WedgedError.class, () -> loop.runUntilComplete(main))
                        .getMessage(),
                "nothing is ready, no timer is set");
    }

    @Test
    void patience_outsideItsBounds_isRefused() {
        assertContains(
                assertThrows(NullPointerException.class, () -> clock.patience(null))
                        .getMessage(),
                "A length of time is needed; it is null");
        assertContains(
                assertThrows(IllegalArgumentException.class, () -> clock.patience(ofMillis(-1)))
                        .getMessage(),
                "Patience PT-0.001S is negative");
        assertContains(
                assertThrows(NullPointerException.class, () -> clock.advance(null))
                        .getMessage(),
                "A length of time is needed; it is null");
    }

    @Test
    void patience_forEver_waitsForOtherThreads() {
        clock.patience(ChronoUnit.FOREVER.getDuration());
        var done = new CompletableFuture<String>();
        String got = loop.runUntilComplete(() -> {
            Thread.ofPlatform().daemon().start(() -> done.complete("value"));
            return await(done);
        });
        assertEquals("value", got);
    }

    @Test
    void time_atItsEnd_standsStill() {
        clock.advance(ofDays(200 * 365));
        clock.advance(ofDays(200 * 365));
        assertEquals(Duration.ofNanos(Long.MAX_VALUE), clock.elapsed());
        loop.runUntilComplete(() -> sleep(ofSeconds(1)));
        assertEquals(Duration.ofNanos(Long.MAX_VALUE), clock.elapsed());
    }

    @Test
    void sleep_severalTimesLongerThanAnyLife_doesNotGoBack() {
        var forever = ChronoUnit.FOREVER.getDuration();
        loop.runUntilComplete(() -> {
            for (int i = 0; i < 4; i++) {
                Duration before = clock.elapsed();
                sleep(forever);
                assertTrue(clock.elapsed().compareTo(before) >= 0);
            }
        });
        assertTrue(clock.elapsed().compareTo(ofDays(290 * 365)) > 0);
    }
}
