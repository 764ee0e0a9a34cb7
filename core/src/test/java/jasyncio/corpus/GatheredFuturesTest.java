package jasyncio.corpus;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.gatherOutcomes;
import static jasyncio.Asyncio.shield;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.CancelledError;
import jasyncio.Coroutine;
import jasyncio.Future;
import jasyncio.Outcome;
import jasyncio.testing.VirtualLoop;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code gather} and {@code shield} of futures that the test completes itself. */
class GatheredFuturesTest {

    private static List<Future<Integer>> futures(VirtualLoop v, int count) {
        return Stream.generate(v::<Integer>future).limit(count).toList();
    }

    private static void fewIterations() {
        for (int i = 0; i < 4; i++) {
            sleep(ZERO);
        }
    }

    private static Coroutine<Integer> awaiting(Future<Integer> future) {
        return coroutine(() -> await(future));
    }

    private static void complete(VirtualLoop v, List<Future<Integer>> futures, Future<?> gathered) {
        gathered.addDoneCallback(done -> v.log(done == gathered));
        futures.get(1).setResult(1);
        futures.get(0).setResult(2);
        fewIterations();
        assertFalse(gathered.done());
        assertEquals(List.of(), v.log());
        futures.get(2).setResult(3);
        fewIterations();
        assertTrue(gathered.done());
        assertEquals(List.of("true"), v.log());
    }

    @Test
    void gather_ofFutures_isDoneWithTheLast() {
        virtually(v -> {
            var futures = futures(v, 3);
            var gathered = gather(futures);
            complete(v, futures, gathered);
            assertEquals(List.of(2, 1, 3), gathered.result());
        });
    }

    @Test
    void gather_ofCoroutines_isDoneWithTheLast() {
        virtually(v -> {
            var futures = futures(v, 3);
            var gathered =
                    gather(futures.stream().map(GatheredFuturesTest::awaiting).toList());
            complete(v, futures, gathered);
            assertEquals(List.of(2, 1, 3), gathered.result());
        });
    }

    @Test
    void gatherOutcomes_ofFutures_isDoneWithTheLast() {
        virtually(v -> {
            var futures = futures(v, 3);
            var gathered = gatherOutcomes(futures);
            complete(v, futures, gathered);
            assertEquals(
                    List.of(new Outcome.Success<>(2), new Outcome.Success<>(1), new Outcome.Success<>(3)),
                    gathered.result());
        });
    }

    @Test
    void gather_whenOneFails_isDoneAndStaysAsItIs() {
        virtually(v -> {
            var futures = futures(v, 5);
            var gathered = gather(futures);
            gathered.addDoneCallback(done -> v.log(done == gathered));
            var failure = new ArithmeticException();
            futures.get(0).setResult(1);
            futures.get(1).setException(failure);
            fewIterations();
            assertTrue(gathered.done());
            assertSame(failure, gathered.exception());
            futures.get(2).setResult(3);
            futures.get(3).cancel();
            futures.get(4).setException(new IOException());
            fewIterations();
            assertSame(failure, gathered.exception());
            assertEquals(List.of("true"), v.log());
        });
    }

    @Test
    void gather_whenOneIsCancelled_failsWithoutBeingCancelled() {
        virtually(v -> {
            var futures = futures(v, 3);
            var gathered = gather(futures);
            gathered.addDoneCallback(done -> v.log(done == gathered));
            futures.get(0).setResult(1);
            futures.get(1).cancel();
            fewIterations();
            assertTrue(gathered.done());
            assertFalse(gathered.cancelled());
            assertInstanceOf(CancelledError.class, gathered.exception());
            futures.get(2).cancel();
            fewIterations();
            assertEquals(List.of("true"), v.log());
        });
    }

    @Test
    void gatherOutcomes_whenSomeFailOrAreCancelled_tellsEachInItsPlace() {
        virtually(v -> {
            var futures = futures(v, 5);
            var gathered = gatherOutcomes(futures);
            gathered.addDoneCallback(done -> v.log(done == gathered));
            var first = new ArithmeticException();
            var second = new IOException();
            futures.get(1).setResult(1);
            futures.get(2).setException(first);
            futures.get(3).cancel();
            futures.get(0).setResult(3);
            fewIterations();
            assertFalse(gathered.done());
            futures.get(4).setException(second);
            fewIterations();
            var outcomes = gathered.result();
            assertEquals(new Outcome.Success<>(3), outcomes.get(0));
            assertEquals(new Outcome.Success<>(1), outcomes.get(1));
            assertEquals(new Outcome.Failure<>(first), outcomes.get(2));
            assertInstanceOf(
                    CancelledError.class,
                    assertInstanceOf(Outcome.Failure.class, outcomes.get(3)).exception());
            assertEquals(new Outcome.Failure<>(second), outcomes.get(4));
            assertEquals(List.of("true"), v.log());
        });
    }

    @Test
    void gather_ofNothing_belongsToTheRunningLoop() {
        assertThrows(
                IllegalStateException.class,
                () -> gather(List.<Future<Integer>>of()).cancel());
        virtually(v -> {
            var gathered = gather(List.<Future<Integer>>of());
            assertSame(v.loop(), gathered.loop());
            assertTrue(gathered.done());
            assertEquals(List.of(), await(gathered));
        });
    }

    @Test
    void gather_andShield_ofCoroutines_belongToTheRunningLoop() {
        virtually(v -> {
            var gathered = gather(coroutine(() -> 1), coroutine(() -> 2));
            assertSame(v.loop(), gathered.loop());
            assertEquals(List.of(1, 2), await(gathered));
            var shielded = shield(coroutine(() -> 42));
            assertSame(v.loop(), shielded.loop());
            assertEquals(42, await(shielded));
        });
    }

    @Test
    void gather_twiceOfTheSameFuturesBeforeTheLoopRuns_belongsToTheirLoop() {
        try (var v = new VirtualLoop()) {
            var futures = futures(v, 3);
            var first = gather(futures);
            var second = gather(futures);
            assertSame(v.loop(), first.loop());
            assertSame(v.loop(), second.loop());
            v.run(GatheredFuturesTest::fewIterations);
            assertFalse(first.done());
            assertFalse(second.done());
        }
    }

    @Test
    void gather_refusedAtALaterArgument_leavesNothingThatFails() {
        virtually(v -> {
            var first = coroutine(() -> {
                v.log("ran");
                return 1;
            });
            var used = coroutine(() -> 2);
            used.close();
            assertThrows(IllegalStateException.class, () -> gather(first, used).cancel());
            fewIterations();
            assertEquals(List.of("ran"), v.log());
        }); // the exception handler was told nothing
    }

    @Test
    void shield_ofAGather_keepsACancelFromIt() {
        virtually(v -> {
            var futures = futures(v, 2);
            var gathered = gather(futures);
            var outer = shield(gathered);
            fewIterations();
            outer.cancel();
            fewIterations();
            assertTrue(outer.cancelled());
            assertFalse(gathered.done());
            futures.get(0).setResult(1);
            futures.get(1).setResult(2);
            fewIterations();
            assertEquals(List.of(1, 2), gathered.result());
        });
    }

    @Test
    void gather_ofShields_keepsACancelFromTheFuturesInside() {
        virtually(v -> {
            var futures = futures(v, 2);
            var shields = futures.stream().map(future -> shield(future)).toList();
            var gathered = gather(shields);
            fewIterations();
            assertTrue(gathered.cancel());
            fewIterations();
            assertInstanceOf(CancelledError.class, gathered.exception());
            for (int i = 0; i < 2; i++) {
                assertTrue(shields.get(i).cancelled());
                assertFalse(futures.get(i).done());
                futures.get(i).setResult(i);
            }
            fewIterations();
        });
    }

    @Test
    void shield_cancelled_takesItsCallbackOffTheInnerFuture() {
        virtually(v -> {
            Future<Integer> inner = v.future();
            var outer = shield(inner);
            assertTrue(outer.toString().contains(" cb=["), outer.toString());
            fewIterations();
            outer.cancel();
            fewIterations();
            assertTrue(outer.cancelled());
            assertEquals("<Future cancelled>", outer.toString());
            assertFalse(inner.done());
        });
    }
}
