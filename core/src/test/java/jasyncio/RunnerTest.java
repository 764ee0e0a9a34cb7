package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.testing.VirtualLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunnerTest {
    private final VirtualLoop v = new VirtualLoop();
    private final Runner runner = new Runner(o -> o.loopFactory(v::loop));

    @Test
    void run_severalTimes_sharesLoopAndContext() throws Exception {
        var user = new ContextVar<String>("user", "none");
        try (runner) {
            EventLoop loop = runner.run(() -> {
                var _ = user.set("ada");
                return runningLoop();
            });
            assertSame(v.loop(), loop);
            assertSame(loop, runner.loop());
            assertEquals("ada", runner.run(() -> user.get()));
            assertEquals("coroutine", runner.run(coroutine(() -> "coroutine")));
            runner.run(() -> v.log("void"));
            assertEquals("none", user.get());
        }
        assertTrue(v.loop().closed());
    }

    @Test
    void run_betweenRuns_keepsTasksAlive() {
        try (runner) {
            var left = new ArrayList<Task<?>>();
            runner.run(() -> left.add(createTask(() -> {
                sleep(ofSeconds(1));
                v.log("left over");
            })));
            assertEquals(List.of(), v.log());
            runner.run(() -> await(left.getFirst()));
            assertEquals(List.of("left over"), v.log());
        }
    }

    @Test
    void run_whenMainFails_throwsTheVeryObjectAndMayRunAgain() {
        try (runner) {
            var failure = new IOException("broken");
            assertSame(failure, assertThrows(IOException.class, () -> runner.run(() -> fail(failure))));
            assertEquals("again", runner.run(() -> "again"));
        }
        assertEquals(List.of(), v.takeFailures());
    }

    @Test
    void close_withTasksLeft_cancelsThemAndWaits() {
        try (runner) {
            runner.run(() -> {
                createTask("a", () -> tidy("a", 2));
                createTask("b", () -> tidy("b", 1));
                sleep(ofSeconds(1));
                v.log("main ends");
            });
            v.log("closing");
        }
        assertEquals(List.of("main ends", "closing", "b cleaned up", "a cleaned up"), v.log());
        assertEquals(ofSeconds(3), v.elapsed());
        assertEquals(List.of(), v.takeFailures());
    }

    private void tidy(String name, int seconds) {
        try {
            sleep(ofSeconds(100));
        } finally {
            sleep(ofSeconds(seconds));
            v.log(name + " cleaned up");
        }
    }

    @Test
    void close_whenATaskFailsWhileBeingCancelled_reportsIt() {
        var failure = new IOException("cleanup");
        try (runner) {
            runner.run(() -> {
                createTask(() -> {
                    try {
                        sleep(ofSeconds(100));
                    } finally {
                        fail(failure);
                    }
                });
                sleep(ofSeconds(1));
            });
        }
        var failures = v.takeFailures();
        assertEquals(1, failures.size(), failures.toString());
        assertEquals(
                "unhandled exception during run() shutdown", failures.getFirst().message());
        assertSame(failure, failures.getFirst().exception());
    }

    @Test
    void close_whenATaskWasJustCreated_letsItRunToItsFirstAwait() {
        try (runner) {
            runner.run(() -> {
                createTask(() -> {
                    v.log("began");
                    sleep(ZERO);
                    v.log("never");
                });
            });
        }
        assertEquals(List.of("began"), v.log());
    }

    @Test
    void close_unused_doesNothing_andTwiceToo() {
        runner.close();
        runner.close();
        assertFalse(v.loop().closed());
        v.close();
    }

    @Test
    void run_afterClose_isRefused() {
        runner.run(() -> {});
        runner.close();
        assertEquals(
                "Runner is closed; create another one, or close it after its last run",
                assertThrows(IllegalStateException.class, () -> runner.run(() -> 1))
                        .getMessage());
        assertThrows(IllegalStateException.class, runner::loop);
    }

    @Test
    void run_insideATask_isRefused() {
        try (runner) {
            runner.run(() -> {
                var same = assertThrows(IllegalStateException.class, () -> runner.run(() -> 1));
                assertTrue(same.getMessage().startsWith("This event loop is already running"), same.getMessage());
            });
        }
    }

    @Test
    void debug_option_isTheLoops() {
        try (var debugging = new Runner(o -> o.debug(true).loopFactory(v::loop))) {
            assertTrue(debugging.run(() -> runningLoop().debug()));
        }
    }

    private static String fail(IOException failure) throws IOException {
        throw failure;
    }

    @Test
    void close_unused_leavesItUsable() {
        runner.close();
        try (runner) {
            assertEquals("value", runner.run(() -> "value"));
        }
        assertTrue(v.loop().closed());
    }

    @Test
    void close_insideItsOwnRun_isRefusedAndALaterOneWorks() {
        runner.run(() -> {
            createTask("left", () -> tidy("left", 1));
            sleep(ZERO);
            var e = assertThrows(IllegalStateException.class, runner::close);
            assertTrue(e.getMessage().startsWith("This event loop is already running"), e.getMessage());
            sleep(ofSeconds(1));
            assertEquals(2, Asyncio.allTasks().size());
        });
        assertEquals(List.of(), v.log());
        runner.close();
        assertEquals(List.of("left cleaned up"), v.log());
        assertTrue(v.loop().closed());
    }

    @Test
    void close_whenTasksAwaitEachOther_reportsThemAndEndsTheOthers() {
        runner.run(() -> {
            var tasks = new Task<?>[2];
            tasks[0] = createTask("hen", () -> await(tasks[1]));
            tasks[1] = createTask("egg", () -> await(tasks[0]));
            createTask("bystander", () -> tidy("bystander", 1));
            sleep(ZERO);
        });
        runner.close();
        assertTrue(v.loop().closed());
        assertEquals(List.of("bystander cleaned up"), v.log());
        var messages = v.takeFailures().stream().map(EventLoop.Failure::message).toList();
        assertTrue(messages.contains("a task cannot be cancelled during run() shutdown"), messages.toString());
    }

    @Test
    void keyboardInterrupt_ofAChildOfATaskGroup_leavesRunAsItIs() {
        var interrupt = new KeyboardInterrupt();
        var thrown = assertThrows(
                KeyboardInterrupt.class,
                () -> Asyncio.run(() -> Asyncio.taskGroup(group -> {
                    group.createTask(() -> {
                        throw interrupt;
                    });
                    sleep(ofSeconds(50));
                })));
        assertSame(interrupt, thrown);
    }

    @Test
    void loopFactory_thatReturnsNull_isNamed() {
        try (var odd = new Runner(o -> o.loopFactory(() -> null))) {
            var e = assertThrows(NullPointerException.class, odd::loop);
            assertEquals("A loop: what the loop factory returned is needed; it is null", e.getMessage());
        }
        v.close();
    }
}
