package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.gatherOutcomes;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatherTest {

    private static String after(int seconds, String value) {
        sleep(ofSeconds(seconds));
        return value;
    }

    private static String failAfter(int seconds, Exception failure) throws Exception {
        sleep(ofSeconds(seconds));
        throw failure;
    }

    @Test
    void results_areInTheOrderOfTheArguments() {
        virtually(v -> {
            assertEquals(
                    List.of("a", "b", "c"),
                    await(gather(() -> after(3, "a"), () -> after(1, "b"), () -> after(2, "c"))));
            assertEquals(ofSeconds(3), v.elapsed());
        });
    }

    @Test
    void gather_ofEachKind_takesIt() {
        virtually(v -> {
            Future<String> future = v.future();
            future.setResult("future");
            assertEquals(
                    List.of("task", "coroutine", "future"),
                    await(gather(createTask(() -> "task"), coroutine(() -> "coroutine"), future)));
            assertEquals(Arrays.asList(null, null), await(gather(() -> v.log("a"), () -> v.log("b"))));
            assertEquals(List.of("a", "b"), v.log());
            assertEquals(List.of(1, 2), await(gather(List.of(createTask(() -> 1), createTask(() -> 2)))));
        });
    }

    @Test
    void gather_ofNothing_isDoneAtOnce() {
        virtually(v -> {
            var gathered = gather(List.<Task<String>>of());
            assertTrue(gathered.done());
            assertEquals(List.of(), gathered.result());
        });
    }

    @Test
    void nullResults_keepTheirPlace() {
        virtually(v -> assertEquals(Arrays.asList("a", null), await(gather(() -> "a", () -> null))));
    }

    @Test
    void firstFailure_isThrownAtOnceAndTheOthersGoOn() {
        virtually(v -> {
            var failure = new IOException("broken");
            var slow = createTask(() -> after(5, "slow"));
            var broken = createTask(() -> failAfter(1, failure));
            assertSame(failure, assertThrows(IOException.class, () -> await(gather(slow, broken))));
            assertEquals(ofSeconds(1), v.elapsed());
            assertFalse(slow.done());
            assertEquals("slow", await(slow));
        });
    }

    @Test
    void laterFailures_countAsSeen() {
        virtually(v -> {
            var gathered =
                    gather(() -> failAfter(1, new IOException("first")), () -> failAfter(2, new IOException("second")));
            assertEquals(
                    "first",
                    assertThrows(IOException.class, () -> await(gathered)).getMessage());
            sleep(ofSeconds(5));
        });
    }

    @Test
    void cancelledChild_isAFailureOfTheWhole() {
        virtually(v -> {
            var child = createTask(() -> after(5, "child"));
            var other = createTask(() -> after(6, "other"));
            var gathered = gather(child, other);
            child.cancel("why");
            assertEquals(
                    "why",
                    assertThrows(CancelledError.class, () -> await(gathered)).getMessage());
            assertFalse(gathered.cancelled());
            assertEquals("other", await(other));
        });
    }

    @Test
    void cancel_ofTheWhole_cancelsTheChildrenAndEndsWithThem() {
        virtually(v -> {
            var tidy = createTask(() -> {
                try {
                    sleep(ofSeconds(100));
                } finally {
                    sleep(ofSeconds(3));
                }
            });
            var quick = createTask(() -> sleep(ofSeconds(100)));
            var gathered = gather(tidy, quick);
            sleep(ZERO);
            assertTrue(gathered.cancel("why"));
            assertFalse(gathered.done());
            assertEquals(
                    "why",
                    assertThrows(CancelledError.class, () -> await(gathered)).getMessage());
            assertTrue(quick.cancelled());
            await(createTask(() -> after(3, "")));
            assertTrue(tidy.cancelled());
            assertFalse(gathered.cancel());
        });
    }

    @Test
    void cancel_ofTheWaitingTask_cancelsTheChildren() {
        virtually(v -> {
            var child = createTask(() -> after(5, "child"));
            var waiting = createTask(() -> await(gather(child)));
            sleep(ZERO);
            sleep(ZERO);
            waiting.cancel("why");
            assertEquals(
                    "why",
                    assertThrows(CancelledError.class, () -> await(waiting)).getMessage());
            assertTrue(child.cancelled());
        });
    }

    @Test
    void outcomes_tellFailuresAndCancellationsAsValues() {
        virtually(v -> {
            var failure = new IOException("broken");
            var cancelled = createTask(() -> after(1, "x"));
            cancelled.cancel("why");
            var outcomes = await(gatherOutcomes(
                    createTask(() -> after(2, "fine")), createTask(() -> failAfter(1, failure)), cancelled));
            assertEquals(new Outcome.Success<>("fine"), outcomes.get(0));
            assertEquals(new Outcome.Failure<>(failure), outcomes.get(1));
            var third = assertInstanceOf(Outcome.Failure.class, outcomes.get(2));
            assertInstanceOf(CancelledError.class, third.exception());
            assertEquals(ofSeconds(2), v.elapsed());
        });
    }

    @Test
    void outcomes_ofBodies_runEach() {
        virtually(v -> assertEquals(
                List.of(new Outcome.Success<>(1), new Outcome.Success<>(2)), await(gatherOutcomes(() -> 1, () -> 2))));
    }

    @Test
    void cancel_ofOutcomes_throwsAllTheSame() {
        virtually(v -> {
            var gathered = gatherOutcomes(createTask(() -> after(5, "a")), createTask(() -> after(6, "b")));
            sleep(ZERO);
            gathered.cancel("why");
            assertEquals(
                    "why",
                    assertThrows(CancelledError.class, () -> await(gathered)).getMessage());
        });
    }

    @Test
    void oneFutureTwice_isAwaitedOnceAndGivenTwice() {
        virtually(v -> {
            var task = createTask(Object::new);
            var results = await(gather(task, task));
            assertSame(results.get(0), results.get(1));
        });
    }

    @Test
    void futuresOfTwoLoops_areRefused() {
        try (var other = Asyncio.newEventLoop()) {
            Future<String> foreign = other.createFuture();
            virtually(v -> {
                Future<String> own = v.future();
                var e = assertThrows(
                        IllegalArgumentException.class,
                        () -> gather(own, foreign).cancel());
                assertTrue(e.getMessage().endsWith("all must belong to one loop"), e.getMessage());
            });
        }
    }

    @Test
    void gatherBeforeTheLoopRuns_belongsToTheLoopOfItsFutures() {
        virtually(v -> {});
        try (var v = new jasyncio.testing.VirtualLoop()) {
            var gathered = gather(v.loop().createTask(() -> 1), v.loop().createTask(() -> 2));
            assertSame(v.loop(), gathered.loop());
            assertEquals(List.of(1, 2), v.loop().runUntilComplete(gathered));
            assertNull(gathered.exception());
        }
    }
}
