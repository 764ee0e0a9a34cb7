package jasyncio.executor;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.runInExecutor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs in child processes that do as they should, and what comes back. {@link ProcessPoolCrashTest} has the others. */
@Timeout(120)
class ProcessPoolExecutorTest {
    private static String setting = "unset";

    private static ProcessPoolExecutor pool(int children) {
        return new ProcessPoolExecutor(children, o -> o.output(Redirect.DISCARD));
    }

    private static List<String> flags() {
        return new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    private static String failing() throws IOException {
        throw new IOException("broken in the child");
    }

    /** What cannot be sent. */
    private static final class Unsendable extends Exception {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final Object inside = new Object();

        Unsendable() {
            super("with an object in it");
        }

        Object inside() {
            return inside;
        }
    }

    private static Throwable failureOf(CompletableFuture<?> future) {
        return assertThrows(ExecutionException.class, () -> future.get(100, TimeUnit.SECONDS))
                .getCause();
    }

    @Test
    void submit_runsTheJobInAnotherProcess() throws Exception {
        try (var pool = pool(1)) {
            long child = pool.submit(() -> pid()).get();
            assertNotEquals(pid(), child);
            assertEquals(child, pool.submit(() -> pid()).get());
            assertEquals("unset", setting);
        }
    }

    @Test
    void submit_eachOverload_runs() throws Exception {
        try (var pool = pool(1)) {
            assertEquals(3, pool.submit(() -> "abc".length()).get());
            ProcessPoolExecutor.Init init = () -> setting = "set";
            assertEquals(null, pool.submit(init).get());
            Callable<String> callable = (ProcessPoolExecutor.Job<String>) () -> setting;
            assertEquals("set", pool.submit(callable).get());
            Runnable runnable = (ProcessPoolExecutor.Init) () -> setting = "set again";
            assertEquals("value", pool.submit(runnable, "value").get());
            assertEquals("set again", pool.submit(callable).get());
        }
    }

    @Test
    void children_startWhenJobsFindNoIdleOne_andAreKept() throws Exception {
        try (var pool = pool(2)) {
            pool.submit(() -> pid()).get(); // a second one may find the child not idle yet
            assertTrue(pool.toString().contains("children=1/2"), pool.toString());
            var pids = new HashSet<Long>();
            while (pids.size() < 2) { // the first one may do several before the second one has started
                pids.addAll(
                        pool.mapToList(_ -> napping(), List.of(1, 2, 3, 4), 1).get());
            }
            assertTrue(pool.toString().contains("children=2/2"), pool.toString());
        }
    }

    private static long napping() throws InterruptedException {
        Thread.sleep(50);
        return pid();
    }

    @Test
    void children_haveTheFlagsOfThisJvm_andTheirOwn() throws Exception {
        try (var pool = new ProcessPoolExecutor(1, o -> o.maxHeap(64 << 20).jvmFlags("-Dchild.only=yes"))) {
            assertEquals(
                    "yes", pool.submit(() -> System.getProperty("child.only")).get());
            List<String> flags = pool.submit(() -> flags()).get();
            assertTrue(flags.containsAll(flags()), flags + " without all of " + flags());
            assertTrue(pool.submit(() -> Runtime.getRuntime().maxMemory()).get() <= 64 << 20);
        }
    }

    @Test
    void failureOfAJob_comesWithTheStackTraceOfTheChild() throws Exception {
        try (var pool = pool(1)) {
            Throwable e = failureOf(pool.submit(() -> failing()));
            assertInstanceOf(IOException.class, e);
            assertEquals("broken in the child", e.getMessage());
            assertTrue(
                    Arrays.stream(e.getStackTrace())
                            .anyMatch(frame -> frame.getMethodName().equals("failing")),
                    () -> List.of(e.getStackTrace()).toString());
            var traceback = assertInstanceOf(RemoteTraceback.class, e.getSuppressed()[0]);
            long child = pool.submit(() -> pid()).get();
            assertTrue(traceback.getMessage().contains("child process " + child), traceback.getMessage());
        }
    }

    @Test
    void failureThatCannotBeSent_comesAsText() throws Exception {
        try (var pool = pool(1)) {
            var e = assertInstanceOf(RemoteJobException.class, failureOf(pool.submit((ProcessPoolExecutor.Job<String>)
                    () -> {
                        var unsendable = new Unsendable();
                        assertTrue(unsendable.inside() != null);
                        throw unsendable;
                    })));
            assertEquals(Unsendable.class.getName(), e.remoteClass());
            assertTrue(e.getMessage().endsWith("with an object in it"), e.getMessage());
            assertTrue(e.remoteTrace().contains("\tat " + getClass().getName()), e.remoteTrace());
            assertEquals(1, pool.submit(() -> 1).get());
        }
    }

    @Test
    void jobThatCannotBeSent_failsTheFuture() throws Exception {
        var here = new Object();
        try (var pool = pool(1)) {
            assertInstanceOf(NotSerializableException.class, failureOf(pool.submit(() -> here.hashCode())));
            assertInstanceOf(NotSerializableException.class, failureOf(pool.submit((Callable<?>) () -> 1)));
            var rejected = assertThrows(RejectedExecutionException.class, () -> pool.execute(() -> {}));
            assertTrue(rejected.getMessage().contains("ProcessPoolExecutor.Job"), rejected.getMessage());
        }
    }

    @Test
    void resultThatCannotBeSent_failsTheFuture() throws Exception {
        try (var pool = pool(1)) {
            Throwable e = failureOf(pool.submit(() -> new Object()));
            assertInstanceOf(NotSerializableException.class, e);
            assertEquals("java.lang.Object", e.getMessage());
            assertEquals(1, pool.submit(() -> 1).get());
        }
    }

    @Test
    void tenThousandJobs_allArrive() throws Exception {
        try (var pool = pool(2)) {
            var futures = IntStream.range(0, 10_000)
                    .mapToObj(i -> pool.submit(() -> 2 * i))
                    .toList();
            for (int i = 0; i < 10_000; i++) {
                assertEquals(2 * i, futures.get(i).get());
            }
        }
    }

    @Test
    void jobsSentBehindASlowOne_areDoneByTheOtherChild() throws Exception {
        try (var pool = pool(2)) {
            var futures = IntStream.range(0, 3_000)
                    .mapToObj(i -> pool.submit(() -> i == 1_500 ? sleeping(20_000) : i))
                    .toList();
            for (int i = 0; i < 3_000; i++) {
                if (i != 1_500) {
                    assertEquals(i, futures.get(i).get(15, TimeUnit.SECONDS));
                }
            }
            assertFalse(futures.get(1_500).isDone());
            assertTrue(futures.get(1_500).cancel(true));
        }
    }

    @Test
    void largeArgumentsAndResults_arrive() throws Exception {
        byte[] large = new byte[50_000_000];
        large[49_999_999] = 42;
        try (var pool = pool(1)) {
            byte[] back = pool.submit(() -> {
                        large[0] = 7;
                        return large;
                    })
                    .get();
            assertEquals(50_000_000, back.length);
            assertEquals(42, back[49_999_999]);
            assertEquals(7, back[0]);
            assertEquals(0, large[0]);
        }
    }

    @Test
    void map_givesTheResultsInOrder_whateverTheChunks() throws Exception {
        List<Integer> items = IntStream.range(0, 10).boxed().toList();
        List<Integer> squares = items.stream().map(n -> n * n).toList();
        try (var pool = pool(2)) {
            assertEquals(squares, pool.map(n -> n * n, items).toList());
            assertEquals(squares, pool.map(n -> n * n, items, 3).toList());
            assertEquals(
                    squares,
                    pool.map(n -> n * n, items, 100, Duration.ofSeconds(100)).toList());
            assertEquals(squares, pool.mapToList(n -> n * n, items, 4).get());
            assertEquals(
                    List.of(),
                    pool.mapToList((Integer n) -> n, List.<Integer>of(), 4).get());
            assertThrows(IllegalArgumentException.class, () -> pool.map(n -> n, items, 0));
        }
    }

    @Test
    void map_isLazy_andThrowsWhereAnItemFails() throws Exception {
        try (var pool = pool(1)) {
            var results = pool.map(n -> 6 / n, List.of(3, 2, 0, 1)).iterator();
            assertEquals(2, results.next());
            assertEquals(3, results.next());
            assertThrows(ArithmeticException.class, results::next);
            assertInstanceOf(ArithmeticException.class, failureOf(pool.mapToList(n -> 6 / n, List.of(3, 2, 0, 1), 2)));
        }
    }

    @Test
    void map_whenTimeIsUp_throwsAndInterruptsTheRest() throws Exception {
        try (var pool = pool(1)) {
            pool.submit(() -> 1).get();
            var results = pool.map(ProcessPoolExecutorTest::sleeping, List.of(0, 100_000), 1, Duration.ofMillis(500));
            var iterator = results.iterator();
            assertEquals(0, iterator.next());
            assertThrows(TimeoutException.class, iterator::next);
            assertEquals(1, pool.submit(() -> 1).get()); // the child is free again
        }
    }

    private static int sleeping(int millis) throws InterruptedException {
        Thread.sleep(millis);
        return millis;
    }

    @Test
    void initializer_runsOnceInEachChild() throws Exception {
        try (var pool = new ProcessPoolExecutor(1, o -> o.initializer(() -> setting += " then set"))) {
            assertEquals("unset then set", pool.submit(() -> setting).get());
            assertEquals("unset then set", pool.submit(() -> setting).get());
        }
    }

    @Test
    void maxTasksPerChild_replacesChildren() throws Exception {
        try (var pool = new ProcessPoolExecutor(1, o -> o.maxTasksPerChild(2))) {
            var pids = new ArrayList<Long>();
            for (int i = 0; i < 4; i++) {
                pids.add(pool.submit(() -> pid()).get());
            }
            assertEquals(pids.get(0), pids.get(1));
            assertNotEquals(pids.get(1), pids.get(2));
            assertEquals(pids.get(2), pids.get(3));
            assertFalse(
                    ProcessHandle.of(pids.get(0)).map(ProcessHandle::isAlive).orElse(false));
        }
    }

    @Test
    void cancel_ofAJobThatWaits_keepsItFromBeginning(@TempDir Path directory) throws Exception {
        String file = directory.resolve("ran").toString();
        try (var pool = pool(1)) {
            var first = pool.submit(() -> napping());
            var second = pool.submit(() -> Files.createFile(Path.of(file)).toString());
            assertTrue(second.cancel(false));
            first.get();
            pool.submit(() -> 1).get();
            assertFalse(Files.exists(Path.of(file)));
            assertThrows(CancellationException.class, second::join);
        }
    }

    @Test
    void cancel_ofAJobThatRuns_interruptsIt(@TempDir Path directory) throws Exception {
        String file = directory.resolve("begun").toString();
        try (var pool = pool(1)) {
            var job = pool.submit(() -> {
                Files.createFile(Path.of(file));
                return sleeping(100_000);
            });
            while (!Files.exists(Path.of(file))) {
                Thread.onSpinWait();
            }
            assertTrue(job.cancel(true));
            assertEquals(1, pool.submit(() -> 1).get());
            assertFalse(
                    pool.submit(() -> Thread.currentThread().isInterrupted()).get());
        }
    }

    @Test
    void filter_refusesWhatItDoesNotName() throws Exception {
        String pattern =
                getClass().getName() + ";jasyncio.executor.*;java.lang.**;java.io.*;java.util.Collections$*;!*";
        try (var pool = new ProcessPoolExecutor(1, o -> o.filter(pattern).output(Redirect.DISCARD))) {
            assertEquals(1, pool.submit(() -> 1).get());
            assertInstanceOf(InvalidClassException.class, failureOf(pool.submit(() -> new ArrayList<>())));
        }
        assertThrows(IllegalArgumentException.class, () -> new ProcessPoolExecutor(1, o -> o.filter("maxdepth=x")));
    }

    @Test
    void fromATask_awaited() {
        try (var pool = pool(1)) {
            run(() -> {
                assertEquals(4, await(pool.submit(() -> 2 + 2)));
                ProcessPoolExecutor.Job<Integer> job = () -> 3 + 3;
                assertEquals(6, await(runInExecutor(pool, job)));
                assertThrows(IOException.class, () -> await(pool.submit(() -> failing())));
                var nap = runInExecutor(pool, (ProcessPoolExecutor.Job<Integer>) () -> sleeping(100_000));
                var waiting = pool.submit(() -> 8);
                nap.cancel();
                assertEquals(8, await(waiting));
                assertThrows(RejectedExecutionException.class, () -> runInExecutor(pool, () -> 1));
            });
        }
    }

    @Test
    void invokeAllAndAny_work() throws Exception {
        ProcessPoolExecutor.Job<Integer> one = () -> 1;
        ProcessPoolExecutor.Job<Integer> failing = () -> failing().length();
        try (var pool = pool(2)) {
            var futures = pool.invokeAll(List.of(one, one));
            assertEquals(1, futures.get(0).get() * futures.get(1).get());
            assertEquals(1, pool.invokeAny(List.of(failing, one)));
            assertEquals(1, pool.invokeAny(List.of(one), 100, TimeUnit.SECONDS));
            assertThrows(ExecutionException.class, () -> pool.invokeAny(List.of(failing, failing)));
        }
    }

    @Test
    void shutdown_runsWhatWaits_andTakesNoMore() throws Exception {
        var pool = pool(1);
        var jobs = IntStream.range(0, 10).mapToObj(i -> pool.submit(() -> i)).toList();
        pool.shutdown();
        assertThrows(RejectedExecutionException.class, () -> pool.submit(() -> 1));
        assertTrue(pool.awaitTermination(100, TimeUnit.SECONDS));
        assertTrue(pool.isShutdown() && pool.isTerminated());
        for (int i = 0; i < 10; i++) {
            assertEquals(i, jobs.get(i).getNow(-1));
        }
    }

    @Test
    void noChildren_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ProcessPoolExecutor(0));
        assertThrows(IllegalArgumentException.class, () -> new ProcessPoolExecutor(1, o -> o.maxTasksPerChild(0)));
        assertEquals(OptionalInt.empty(), new BrokenProcessPoolException("", -1, null, null, null).exitCode());
    }

    /** One that cannot tell its message. */
    private static final class NoMessage extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("getMessage");
        }
    }

    private static String failingOddly() {
        throw new NoMessage();
    }

    @Test
    void failure_thatCannotTellItsMessage_costsNoChild() throws Exception {
        try (var pool = pool(1)) {
            long child = pool.submit(() -> pid()).get();
            assertInstanceOf(NoMessage.class, failureOf(pool.submit(() -> failingOddly())));
            assertEquals(child, pool.submit(() -> pid()).get(100, TimeUnit.SECONDS));
        }
    }

    @Test
    void map_ofAnyLength_countsItRight() throws TimeoutException {
        var forever = java.time.temporal.ChronoUnit.FOREVER.getDuration();
        try (var pool = pool(1)) {
            assertEquals(
                    List.of(2, 3),
                    pool.map(n -> n + 1, List.of(1, 2), 1, forever).toList());
            var late = pool.map(n -> sleeping(n), List.of(100_000), 1, forever.negated())
                    .iterator();
            assertThrows(TimeoutException.class, late::next);
            pool.shutdownNow();
        }
    }
}
