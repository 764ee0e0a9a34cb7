package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.toThread;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** What belongs to one loop and is used on another: refused at once, whatever the other one does, and nothing is left behind there. */
@Timeout(60)
class OtherLoopsTest {

    /** Everything that waits for a future, given one of another loop; some behind one of our own. */
    private static Map<String, Executable> waits(Future<String> own, Future<String> foreign) {
        var both = List.of(own, foreign);
        var waits = new LinkedHashMap<String, Executable>();
        waits.put("asCompleted", () -> Asyncio.asCompleted(both).aiter());
        waits.put(
                "asCompleted timeout",
                () -> Asyncio.asCompleted(both, ofSeconds(1)).aiter());
        waits.put("wait", () -> Asyncio.wait(both));
        waits.put("wait timeout", () -> Asyncio.wait(both, ofSeconds(1)));
        waits.put("gather", () -> Asyncio.gather(foreign).cancel());
        waits.put("gatherOutcomes", () -> Asyncio.gatherOutcomes(foreign).cancel());
        waits.put("shield", () -> Asyncio.shield(foreign).cancel());
        waits.put("waitFor(ZERO)", () -> Asyncio.waitFor(foreign, ZERO));
        return waits;
    }

    private static void assertAllRefused(Future<String> foreign) {
        String before = foreign.toString();
        virtually(v -> {
            Future<String> own = v.future();
            waits(own, foreign).forEach((name, wait) -> {
                var e = assertThrows(IllegalArgumentException.class, wait, name);
                assertTrue(e.getMessage().startsWith("Cannot wait for "), name + ": " + e.getMessage());
                assertTrue(e.getMessage().contains(" on " + v.loop()), name + ": " + e.getMessage());
                assertTrue(e.getMessage().contains("runCoroutineThreadsafe(…)"), name + ": " + e.getMessage());
                assertEquals("<Future pending>", own.toString(), name);
            });
            assertEquals(ZERO, v.elapsed());
        });
        assertEquals(before, foreign.toString(), "callbacks left behind");
    }

    @Test
    void futures_ofALoopThatDoesNotRun_areRefused() {
        try (var other = Asyncio.newEventLoop()) {
            assertAllRefused(other.createFuture());
            Future<String> done = other.createFuture();
            done.setResult("value");
            assertAllRefused(done);
        }
    }

    @Test
    void futures_ofALoopThatRunsOnAnotherThread_areRefused() throws Exception {
        var given = new CompletableFuture<List<Future<String>>>();
        var end = new CompletableFuture<String>();
        var ended = new CompletableFuture<String>();
        Thread.ofPlatform()
                .daemon()
                .start(() -> ended.complete(run(() -> {
                    Future<String> pending = runningLoop().createFuture();
                    Future<String> done = runningLoop().createFuture();
                    done.setResult("value");
                    given.complete(List.of(pending, done));
                    return await(end);
                })));
        try {
            given.get(30, TimeUnit.SECONDS).forEach(OtherLoopsTest::assertAllRefused);
        } finally {
            end.complete("unharmed");
        }
        assertEquals("unharmed", ended.get(30, TimeUnit.SECONDS));
    }

    @Test
    void timeout_ofOneLoopRunOnAnother_isRefusedNamingBoth() {
        var made = new AtomicReference<jasyncio.Timeout>();
        var home = new AtomicReference<String>();
        run(() -> {
            made.set(jasyncio.Timeout.after(ofSeconds(1)));
            home.set(runningLoop().toString().split(" ")[1]);
        });
        virtually(v -> {
            var e = assertThrows(IllegalStateException.class, () -> made.get().run(() -> sleep(ofSeconds(500))));
            assertTrue(e.getMessage().contains("Cannot run <Timeout"), e.getMessage());
            assertTrue(e.getMessage().contains(v.loop().toString()), e.getMessage());
            assertTrue(e.getMessage().contains(home.get()), e.getMessage());
            assertEquals(ZERO, v.elapsed());
        });
    }

    private static void assertWrongThread(Executable use) {
        var e = assertThrows(IllegalStateException.class, use);
        assertTrue(
                e.getMessage().contains(" runs on another thread; go through loop.callSoonThreadsafe(…)"),
                e.getMessage());
    }

    @Test
    void scopes_changedFromAnotherThread_refuse() {
        virtually(v -> {
            var group = new TaskGroup();
            group.run(() -> {
                var child = group.createTask(() -> sleep(ofSeconds(1)));
                toThread(() -> assertWrongThread(group::cancel));
                await(child);
            });
            var limit = jasyncio.Timeout.never();
            limit.run(() -> {
                toThread(() -> assertWrongThread(() -> limit.reschedule(ZERO)));
                toThread(() -> assertWrongThread(limit::disarm));
                sleep(ofSeconds(1));
                assertTrue(limit.when().isEmpty());
            });
            assertFalse(limit.expired());
        });
    }

    @Test
    void timerHandle_cancelledFromAnotherThread_isRefusedAndStaysWhole() {
        virtually(v -> {
            var timer = v.loop().callLater(ofSeconds(1), () -> v.log("timer"));
            toThread(() -> assertWrongThread(timer::cancel));
            assertFalse(timer.cancelled());
            sleep(ofSeconds(2));
            assertEquals(List.of("timer"), v.log());
            timer.cancel();
            toThread(() -> v.loop().callSoonThreadsafe(() -> v.log("elsewhere")).cancelled());
            await(createTask(() -> 1));
        });
    }
}
