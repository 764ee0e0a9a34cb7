package jasyncio.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Children that die, and what becomes of the pool; children that survive what they should. */
@Timeout(120)
class ProcessPoolCrashTest {

    private static ProcessPoolExecutor pool(int children, String... flags) {
        return new ProcessPoolExecutor(children, o -> o.output(Redirect.DISCARD).jvmFlags(flags));
    }

    private static Throwable failureOf(CompletableFuture<?> future) {
        return assertThrows(ExecutionException.class, () -> future.get(100, TimeUnit.SECONDS))
                .getCause();
    }

    private static void spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    private static int allocate() {
        var all = new ArrayList<long[]>();
        while (true) {
            all.add(new long[100_000]);
        }
    }

    private static void assertBroken(ProcessPoolExecutor pool) throws InterruptedException {
        assertThrows(BrokenProcessPoolException.class, () -> pool.submit(() -> 1));
        assertTrue(pool.awaitTermination(100, TimeUnit.SECONDS));
    }

    @Test
    void halt_breaksThePool_andFailsAllThatIsNotDone() throws Exception {
        try (var pool = pool(2)) {
            long first = pool.submit(() -> ProcessHandle.current().pid()).get();
            var spinning = pool.submit(() -> spin());
            var halting = pool.submit(() -> Runtime.getRuntime().halt(7));
            var waiting = new ArrayList<CompletableFuture<Integer>>();
            for (int i = 0; i < 100; i++) {
                try {
                    waiting.add(pool.submit(() -> 1));
                } catch (BrokenProcessPoolException e) {
                    break;
                }
            }
            var e = assertInstanceOf(BrokenProcessPoolException.class, failureOf(halting));
            assertEquals(7, e.exitCode().orElseThrow());
            assertTrue(e.pid().isPresent());
            assertTrue(e.job().contains(getClass().getName()), e.job());
            assertTrue(e.getMessage().contains("exit code 7 while it ran a job of"), e.getMessage());
            assertInstanceOf(BrokenProcessPoolException.class, failureOf(spinning));
            waiting.forEach(each -> assertInstanceOf(BrokenProcessPoolException.class, failureOf(each)));
            assertBroken(pool);
            assertFalse(ProcessHandle.of(first).map(ProcessHandle::isAlive).orElse(false));
        }
    }

    @Test
    void sigkillOfABusyChild_breaksThePool() throws Exception {
        try (var pool = pool(1)) {
            long child = pool.submit(() -> ProcessHandle.current().pid()).get();
            var spinning = pool.submit(() -> spin());
            assertTrue(ProcessHandle.of(child).orElseThrow().destroyForcibly());
            var e = assertInstanceOf(BrokenProcessPoolException.class, failureOf(spinning));
            assertEquals(child, e.pid().orElseThrow());
            assertTrue(e.getMessage().contains("was killed by signal 9"), e.getMessage());
            assertBroken(pool);
        }
    }

    @Test
    void sigkillOfAnIdleChild_breaksThePool() throws Exception {
        try (var pool = pool(1)) {
            long child = pool.submit(() -> ProcessHandle.current().pid()).get();
            assertTrue(ProcessHandle.of(child).orElseThrow().destroyForcibly());
            assertTrue(pool.awaitTermination(100, TimeUnit.SECONDS));
            assertBroken(pool);
        }
    }

    @Test
    void outOfMemory_failsTheJobOnly() throws Exception {
        try (var pool = pool(1, "-Xmx32m")) {
            long child = pool.submit(() -> ProcessHandle.current().pid()).get();
            assertInstanceOf(OutOfMemoryError.class, failureOf(pool.submit(() -> allocate())));
            byte[] large = new byte[50_000_000];
            assertInstanceOf(OutOfMemoryError.class, failureOf(pool.submit(() -> large.length)));
            assertEquals(child, pool.submit(() -> ProcessHandle.current().pid()).get());
        }
    }

    @Test
    void outOfMemory_thatEndsTheChild_breaksThePool() throws Exception {
        try (var pool = pool(1, "-Xmx32m", "-XX:+ExitOnOutOfMemoryError")) {
            var e = assertInstanceOf(BrokenProcessPoolException.class, failureOf(pool.submit(() -> allocate())));
            assertEquals(3, e.exitCode().orElseThrow());
        }
    }

    @Test
    void stackOverflow_failsTheJobOnly() throws Exception {
        try (var pool = pool(1)) {
            assertInstanceOf(StackOverflowError.class, failureOf(pool.submit(() -> deeper(0))));
            assertEquals(1, pool.submit(() -> 1).get());
        }
    }

    private static int deeper(int n) {
        return n < 0 ? n : deeper(n + 1) + 1;
    }

    @Test
    void shutdownNow_endsAnEndlessLoop_andLeavesNoFutureHanging() throws Exception {
        var pool = pool(1);
        long child = pool.submit(() -> ProcessHandle.current().pid()).get();
        var spinning = pool.submit(() -> spin());
        var waiting = pool.submit(() -> 1);
        List<Runnable> left = pool.shutdownNow();
        assertTrue(pool.awaitTermination(100, TimeUnit.SECONDS));
        assertTrue(left.size() <= 2, left.toString());
        assertThrows(CancellationException.class, () -> spinning.get(100, TimeUnit.SECONDS));
        assertThrows(CancellationException.class, () -> waiting.get(100, TimeUnit.SECONDS));
        assertFalse(ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false));
    }

    @Test
    void initializerThatThrows_breaksThePool() throws Exception {
        try (var pool = new ProcessPoolExecutor(
                2,
                o -> o.initializer(() -> {
                    throw new IllegalArgumentException("no such model");
                }))) {
            var e = assertInstanceOf(BrokenProcessPoolException.class, failureOf(pool.submit(() -> 1)));
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            assertInstanceOf(IllegalArgumentException.class, root);
            assertEquals("no such model", root.getMessage());
            assertBroken(pool);
        }
    }

    @Test
    void childThatCannotStart_breaksThePool() throws Exception {
        try (var pool = pool(1, "-XX:NoSuchFlag=1")) {
            var e = assertInstanceOf(BrokenProcessPoolException.class, failureOf(pool.submit(() -> 1)));
            assertEquals(1, e.exitCode().orElseThrow());
            assertBroken(pool);
        }
    }

    /** A program with a pool, one of whose children is idle and one in an endless loop. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] args) throws Exception {
            var pool = new ProcessPoolExecutor(2, o -> o.output(Redirect.DISCARD));
            var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            CompletableFuture<Long> other = pool.submit(ProcessPoolCrashTest::slowPid);
            out.println(pool.submit(() -> ProcessHandle.current().pid()).get());
            out.println(other.get());
            CompletableFuture<Void> spinning = pool.submit(() -> spin());
            Thread.sleep(200); // it is to be in the loop
            out.println("ready");
            spinning.join();
        }
    }

    private static long slowPid() throws InterruptedException {
        Thread.sleep(1_000);
        return ProcessHandle.current().pid();
    }

    @Test
    void sigkillOfTheParent_leavesNoChild() throws Exception {
        var flags = System.getProperty("java.class.path");
        Process parent = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java", "-cp", flags, Parent.class.getName())
                .redirectError(Redirect.DISCARD)
                .start();
        try (var lines = parent.inputReader(StandardCharsets.UTF_8)) {
            var children = new ArrayList<ProcessHandle>();
            for (String line = lines.readLine(); !"ready".equals(line); line = lines.readLine()) {
                children.add(handle(line));
            }
            assertEquals(2, children.size());
            assertTrue(children.stream().allMatch(ProcessHandle::isAlive));
            parent.destroyForcibly().waitFor();
            for (ProcessHandle child : children) {
                child.onExit().get(100, TimeUnit.SECONDS);
                assertFalse(child.isAlive());
            }
        }
    }

    private static ProcessHandle handle(String line) throws IOException {
        if (line == null) {
            throw new IOException("The parent has ended");
        }
        return ProcessHandle.of(Long.parseLong(line)).orElseThrow();
    }
}
