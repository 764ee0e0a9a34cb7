package jasyncio;

import static jasyncio.Asyncio.allTasks;
import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.task;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.testing.VirtualLoop;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EagerTest {

    @Test
    void start_runsTheBodyToItsFirstSuspension() {
        virtually(v -> {
            var child = task().eager(true).start(() -> {
                v.log("child begins");
                sleep(ZERO);
                v.log("child ends");
            });
            v.log("parent");
            await(child);
            assertEquals(List.of("child begins", "parent", "child ends"), v.log());
        });
    }

    @Test
    void bodyThatDoesNotSuspend_isInAllTasksOnlyWhileItRuns() {
        virtually(v -> {
            var child = task().eager(true).start(() -> allTasks().contains(currentTask()));
            assertTrue(child.done());
            assertTrue(child.result());
            assertEquals(List.of(currentTask()), List.copyOf(allTasks()));
        });
    }

    @Test
    void bodyThatSuspends_isInAllTasksFromThen() {
        virtually(v -> {
            var child = task().eager(true).start(() -> sleep(ZERO));
            assertTrue(allTasks().contains(child));
            await(child);
            assertFalse(allTasks().contains(child));
        });
    }

    @Test
    void currentTask_isTheChildInsideAndTheParentAfter() {
        virtually(v -> {
            var parent = currentTask();
            var child = task().eager(true).start(Asyncio::currentTask);
            assertSame(child, child.result());
            assertSame(parent, currentTask());
        });
    }

    @Test
    void failure_isStoredAndNotThrown() {
        virtually(v -> {
            var failure = new IOException("broken");
            Task<String> child = task().eager(true).start(() -> {
                throw failure;
            });
            assertSame(failure, child.exception());
        });
    }

    @Test
    void doneCallback_ofADoneChild_runsFromTheReadyQueue() {
        virtually(v -> {
            var child = task().eager(true).start(() -> "value");
            child.addDoneCallback(_ -> v.log("callback"));
            assertEquals(List.of(), v.log());
            sleep(ZERO);
            assertEquals(List.of("callback"), v.log());
        });
    }

    @Test
    void nestedEagerStarts_runInsideEachOther() {
        virtually(v -> {
            nested(v, 100);
            assertEquals(201, v.log().size());
            assertEquals("in 100", v.log().get(0));
            assertEquals("in 0", v.log().get(100));
            assertEquals("out 1", v.log().get(101));
            assertEquals("out 100", v.log().get(200));
        });
    }

    private static void nested(VirtualLoop v, int depth) {
        v.log("in " + depth);
        if (depth > 0) {
            var child = task().eager(true).start(() -> nested(v, depth - 1));
            assertTrue(child.done());
            v.log("out " + depth);
        }
    }

    @Test
    void eagerStartInACallback_works() {
        virtually(v -> {
            Future<Task<String>> started = v.future();
            v.loop().callSoon(() -> {
                Task<String> child = task().eager(true).start(() -> {
                    v.log("child");
                    sleep(ZERO);
                    return "value";
                });
                v.log("callback");
                started.setResult(child);
            });
            assertEquals("value", await(await(started)));
            assertEquals(List.of("child", "callback"), v.log());
        });
    }

    @Test
    void eagerTask_ofALoopThatDoesNotRun_isScheduled() {
        try (var v = new VirtualLoop()) {
            var child = v.loop().task().eager(true).start(() -> "value");
            assertFalse(child.done());
            assertEquals("value", v.loop().runUntilComplete(child));
        }
    }

    @Test
    void cancel_ofTheParentByItsEagerChild_isDeliveredToTheParent() {
        virtually(v -> {
            var parent = Asyncio.createTask(() -> {
                var self = currentTask();
                task().eager(true).start(() -> {
                    self.cancel("by child");
                });
                v.log("goes on");
                sleep(ZERO);
                v.log("never");
            });
            assertEquals(
                    "by child",
                    assertThrows(CancelledError.class, () -> await(parent)).getMessage());
            assertEquals(List.of("goes on"), v.log());
        });
    }

    @Test
    void context_isACopyOfTheParents() {
        virtually(v -> {
            var user = new ContextVar<String>("user", "none");
            var _ = user.set("parent");
            var child = task().eager(true).start(() -> {
                String seen = user.get();
                var _ = user.set("child");
                return seen;
            });
            assertEquals("parent", child.result());
            assertEquals("parent", user.get());
        });
    }
}
