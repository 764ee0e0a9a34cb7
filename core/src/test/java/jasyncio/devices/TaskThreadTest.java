package jasyncio.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.Task;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task sees of the thread it runs on, and what others see of it. */
class TaskThreadTest {
    private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();
    private static final InheritableThreadLocal<String> INHERITABLE = new InheritableThreadLocal<>();
    private static final ScopedValue<String> SCOPED = ScopedValue.newInstance();

    @Test
    void threadLocal_setInTasks_isEachTasksOwn() {
        LOCAL.set("caller's");
        List<String> seen = new ArrayList<>();
        Asyncio.run(() -> Asyncio.await(Asyncio.gather(
                () -> {
                    LOCAL.set("a");
                    Asyncio.sleep(Duration.ZERO);
                    seen.add(LOCAL.get());
                },
                () -> {
                    seen.add(LOCAL.get());
                    LOCAL.set("b");
                    Asyncio.sleep(Duration.ZERO);
                    seen.add(LOCAL.get());
                })));
        java.util.Collections.sort(seen, java.util.Comparator.nullsFirst(String::compareTo));
        assertEquals(java.util.Arrays.asList(null, "a", "b"), seen);
        assertEquals("caller's", LOCAL.get());
        LOCAL.remove();
    }

    @Test
    void inheritableThreadLocal_ofTheCaller_isNotInherited() {
        INHERITABLE.set("caller's");
        assertEquals(
                "nothing", Asyncio.run(() -> String.valueOf(INHERITABLE.get()).replace("null", "nothing")));
        INHERITABLE.remove();
    }

    @Test
    void scopedValue_boundAroundAwaits_isEachTasksOwn() {
        List<String> seen = new ArrayList<>();
        Asyncio.run(() -> Asyncio.await(Asyncio.gather(
                () -> ScopedValue.where(SCOPED, "a").run(() -> seen.add(afterAwait())),
                () -> ScopedValue.where(SCOPED, "b").run(() -> seen.add(afterAwait())),
                () -> seen.add("bound: " + SCOPED.isBound()))));
        assertEquals(List.of("bound: false", "a", "b"), seen);
    }

    private static String afterAwait() {
        Asyncio.sleep(Duration.ZERO);
        return SCOPED.get();
    }

    @Test
    void contextClassLoader_ofTheCreatorOfTheLoop_isTheTasks() throws IOException {
        Thread caller = Thread.currentThread();
        ClassLoader before = caller.getContextClassLoader();
        try (var own = new URLClassLoader(new URL[0], before)) {
            caller.setContextClassLoader(own);
            Asyncio.run(() -> {
                assertSame(own, Thread.currentThread().getContextClassLoader());
                Asyncio.await(Asyncio.createTask(
                        () -> assertSame(own, Thread.currentThread().getContextClassLoader())));
                var inCallback = Asyncio.runningLoop().<ClassLoader>createFuture();
                Asyncio.runningLoop()
                        .callSoon(() ->
                                inCallback.setResult(Thread.currentThread().getContextClassLoader()));
                assertSame(own, Asyncio.await(inCallback));
            });
        } finally {
            caller.setContextClassLoader(before);
        }
    }

    @Test
    void stackOverflow_inTask_isThatTasksFailure() {
        Asyncio.run(() -> {
            Task<Integer> deep = Asyncio.createTask(() -> endless(0));
            Task<Integer> other = Asyncio.createTask(() -> {
                Asyncio.sleep(Duration.ZERO);
                return 1;
            });
            assertThrows(StackOverflowError.class, () -> Asyncio.await(deep));
            assertEquals(1, Asyncio.await(other));
        });
    }

    @Test
    void recursion_thatAwaitsOnItsWay_returnsThroughAllLevels() {
        assertEquals(20_000, Asyncio.run(() -> deepAwaiting(20_000)));
    }

    private static int deepAwaiting(int depth) {
        if (depth % 100 == 0) {
            Asyncio.sleep(Duration.ZERO);
        }
        return depth == 0 ? 0 : deepAwaiting(depth - 1) + 1;
    }

    @Test
    void stackOverflow_inCallback_isReportedAndTheLoopGoesOn() {
        List<Throwable> reported = new ArrayList<>();
        Asyncio.run(() -> {
            EventLoop loop = Asyncio.runningLoop();
            loop.setExceptionHandler(failure -> reported.add(failure.exception()));
            loop.callSoon(() -> endless(0));
            Asyncio.sleep(Duration.ZERO);
            Asyncio.sleep(Duration.ZERO);
        });
        assertInstanceOf(StackOverflowError.class, reported.getFirst());
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int endless(int depth) {
        return endless(depth + 1) + 1;
    }

    @Test
    void monitors_heldOverAwaits_areTheTasksOwnUpToTen() {
        Asyncio.run(() ->
                Asyncio.await(Asyncio.gather(() -> underMonitors(10), () -> underMonitors(8), () -> underMonitors(1))));
    }

    private static void underMonitors(int depth) {
        if (depth == 0) {
            for (int i = 0; i < 3; i++) {
                Asyncio.sleep(Duration.ZERO);
            }
            return;
        }
        Object monitor = new Object();
        synchronized (monitor) {
            underMonitors(depth - 1);
            assertTrue(Thread.holdsLock(monitor));
            monitor.notifyAll();
        }
        assertFalse(Thread.holdsLock(monitor));
    }

    @Test
    void threadYield_inTasks_endsAndLosesNothing() {
        List<String> log = new ArrayList<>();
        Asyncio.run(() -> Asyncio.await(Asyncio.gather(() -> yielding("a", log), () -> yielding("b", log))));
        assertEquals(6, log.size(), log::toString);
        assertEquals(
                List.of("a0", "a1", "a2"),
                log.stream().filter(s -> s.startsWith("a")).toList());
        assertEquals(
                List.of("b0", "b1", "b2"),
                log.stream().filter(s -> s.startsWith("b")).toList());
    }

    private static void yielding(String name, List<String> log) {
        for (int i = 0; i < 3; i++) {
            log.add(name + i);
            Thread.yield();
            Asyncio.sleep(Duration.ZERO);
        }
    }

    @Test
    @LoopOnly
    void threadYield_inTask_letsTheOthersGoFirst() {
        List<String> log = new ArrayList<>();
        Asyncio.run(() -> {
            Asyncio.createTask(() -> log.add("other"));
            Thread.yield();
            log.add("main");
        });
        assertEquals(List.of("other", "main"), log);
    }

    @Test
    void threadDump_ofTheJvm_namesTasksUnderTheirLoop(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("threads.json");
        try (EventLoop loop = Asyncio.newEventLoop(o -> o.name("the-loop-of-this-test"))) {
            String dump = loop.runUntilComplete(() -> {
                Task<Void> waiting = Asyncio.createTask("the-waiting-task", TaskThreadTest::waitForEver);
                Asyncio.sleep(Duration.ZERO);
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpThreads(file.toString(), ThreadDumpFormat.JSON);
                waiting.cancel();
                return Files.readString(file);
            });
            assertTrue(dump.contains("the-waiting-task"), "the task's thread has its name");
            assertTrue(dump.contains("waitForEver"), "its stack is there");
            if (!"portable".equals(System.getProperty("jasyncio.backend"))) {
                int container = dump.indexOf("\"container\": \"the-loop-of-this-test");
                assertTrue(
                        container >= 0 && container < dump.indexOf("the-waiting-task"), "it is listed under its loop");
            }
        }
    }

    private static void waitForEver() {
        Asyncio.await(Asyncio.runningLoop().createFuture());
    }
}
