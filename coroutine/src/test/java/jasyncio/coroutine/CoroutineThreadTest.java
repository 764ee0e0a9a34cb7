package jasyncio.coroutine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Steps and suspensions, on either backend; what only one promises says so. */
class CoroutineThreadTest {

    private static CoroutineThread self() {
        return CoroutineThread.current();
    }

    @Test
    void step_runsFromSuspensionToSuspension() {
        List<String> log = new ArrayList<>();
        MiniLoop.run(loop -> {
            CoroutineThread coroutine = loop.coroutine(() -> {
                log.add("1");
                self().suspend();
                log.add("2");
                self().suspend();
                log.add("3");
            });
            for (int i = 0; i < 3; i++) {
                log.add("step");
                coroutine.step();
            }
            assertTrue(coroutine.done());
            assertNull(coroutine.owner());
            assertNull(coroutine.thread());
        });
        assertEquals(List.of("step", "1", "step", "2", "step", "3"), log);
    }

    @Test
    void step_ofOneThatIsDone_isRefused() {
        MiniLoop.run(loop -> {
            CoroutineThread coroutine = loop.coroutine(() -> {});
            coroutine.step();
            assertThrows(IllegalStateException.class, coroutine::step);
        });
    }

    @Test
    void current_isTheCoroutineInItsBodyAndNullElsewhere() {
        var inside = new AtomicReference<CoroutineThread>();
        MiniLoop.run(loop -> {
            assertNull(self());
            CoroutineThread coroutine = loop.coroutine(() -> inside.set(self()));
            coroutine.step();
            assertSame(coroutine, inside.get());
        });
        assertNull(self());
    }

    @Test
    void inStep_isTrueInTheBodyAndFalseWhileSuspended() {
        MiniLoop.run(loop -> {
            CoroutineThread coroutine = loop.coroutine(() -> {
                assertTrue(self().inStep());
                self().suspend();
                assertTrue(self().inStep());
            });
            assertFalse(coroutine.inStep());
            coroutine.step();
            assertFalse(coroutine.inStep());
            coroutine.step();
            assertFalse(coroutine.inStep());
        });
    }

    @Test
    void suspend_withPermitAndInterrupt_lastsUntilTheNextStep() {
        List<String> log = new ArrayList<>();
        MiniLoop.run(loop -> {
            CoroutineThread coroutine = loop.coroutine(() -> {
                LockSupport.unpark(Thread.currentThread());
                Thread.currentThread().interrupt();
                self().suspend();
                log.add("interrupted " + Thread.interrupted());
                self().suspend();
                log.add("end");
            });
            coroutine.step();
            assertEquals(List.of(), log);
            LockSupport.unpark(coroutine.thread());
            coroutine.interrupt();
            assertEquals(List.of(), log);
            coroutine.step();
            assertEquals(List.of("interrupted true"), log);
            coroutine.step();
        });
        assertEquals(List.of("interrupted true", "end"), log);
    }

    @Test
    void resume_ofASuspendedOne_doesNothing() {
        assumeFalse(MiniLoop.portable());
        List<String> log = new ArrayList<>();
        MiniLoop.run(loop -> {
            CoroutineThread coroutine = loop.coroutine(() -> {
                self().suspend();
                log.add("moved");
            });
            coroutine.step();
            coroutine.resume();
            assertEquals(List.of(), log);
            coroutine.step();
            coroutine.resume();
        });
        assertEquals(List.of("moved"), log);
    }

    @Test
    void block_inAJdkCall_endsTheStepUntilTheHostIsTold() {
        assumeFalse(MiniLoop.portable());
        List<String> log = new ArrayList<>();
        MiniLoop.run(loop -> {
            var latch = new CountDownLatch(1);
            CoroutineThread coroutine = loop.coroutine(() -> {
                awaitQuietly(latch);
                log.add("goes on");
            });
            coroutine.step();
            assertTrue(coroutine.inStep(), "blocked, not suspended");
            assertThrows(IllegalStateException.class, coroutine::step);
            latch.countDown();
            assertSame(coroutine, loop.awaitUnblocked());
            assertEquals(List.of(), log);
            coroutine.resume();
            assertTrue(coroutine.done());
        });
        assertEquals(List.of("goes on"), log);
    }

    @Test
    void unpark_ofASuspendedOne_isNotReported() {
        assumeFalse(MiniLoop.portable());
        MiniLoop.run(loop -> {
            CoroutineThread coroutine = loop.coroutine(() -> self().suspend());
            coroutine.step();
            for (int i = 0; i < 100; i++) {
                LockSupport.unpark(coroutine.thread());
                coroutine.thread().getStackTrace();
            }
            assertEquals(0, loop.unblockedCount());
            coroutine.step();
            assertTrue(coroutine.done());
        });
    }

    @Test
    void steps_whileAnotherThreadDumpsTheStack_allArrive() throws InterruptedException {
        var target = new AtomicReference<Thread>();
        var stop = new CountDownLatch(1);
        Thread dumper = Thread.ofPlatform().daemon().start(() -> {
            while (stop.getCount() > 0) {
                Thread thread = target.get();
                if (thread != null) {
                    thread.getStackTrace();
                }
            }
        });
        int steps = 20_000;
        var count = new int[1];
        MiniLoop.run(loop -> {
            CoroutineThread coroutine = loop.coroutine(() -> {
                target.set(Thread.currentThread());
                for (int i = 0; i < steps; i++) {
                    count[0]++;
                    self().suspend();
                }
            });
            for (int i = 1; i <= steps; i++) {
                coroutine.step();
                assertEquals(i, count[0]);
            }
            coroutine.step();
            assertTrue(coroutine.done());
        });
        stop.countDown();
        dumper.join();
    }

    private static final class Pinned {
        static final Object VALUE = suspended();

        private static Object suspended() {
            self().suspend();
            return "suspended";
        }
    }

    @Test
    void suspend_inClassInitialiser_isRefusedAndTheNextOneWorks() {
        assumeFalse(MiniLoop.portable());
        List<String> log = new ArrayList<>();
        MiniLoop.run(loop -> {
            CoroutineThread coroutine = loop.coroutine(() -> {
                var e = assertThrows(ExceptionInInitializerError.class, () -> log.add(Pinned.VALUE.toString()));
                assertInstanceOf(PinnedException.class, e.getCause());
                log.add("refused");
                self().suspend();
                log.add("suspended");
            });
            coroutine.step();
            assertEquals(List.of("refused"), log);
            assertEquals(0, loop.unblockedCount());
            coroutine.step();
            assertTrue(coroutine.done());
        });
        assertEquals(List.of("refused", "suspended"), log);
    }

    @Test
    void virtualThread_startedInCoroutine_isNoneAndRunsWithoutTheLoop() {
        var seen = new CompletableFuture<Boolean>();
        MiniLoop.run(loop -> {
            loop.coroutine(() -> Thread.ofVirtual().start(() -> seen.complete(self() == null)))
                    .step();
            assertTrue(seen.join());
            assertEquals(0, loop.unblockedCount());
        });
    }

    @Test
    void runLoop_whatTheLoopThrows_isThrownToTheCaller() {
        var thrown = new IllegalStateException("from the loop");
        assertSame(
                thrown,
                assertThrows(
                        IllegalStateException.class,
                        () -> MiniLoop.run(_ -> {
                            throw thrown;
                        })));
    }

    @Test
    void runLoop_onVirtualCaller_runsTheCoroutinesAndReturns() throws Exception {
        var log = new CompletableFuture<String>();
        Thread caller = Thread.ofVirtual()
                .start(() -> MiniLoop.run(loop -> {
                    CoroutineThread coroutine = loop.coroutine(() -> {
                        self().suspend();
                        log.complete("ran");
                    });
                    coroutine.step();
                    coroutine.step();
                }));
        caller.join();
        assertEquals("ran", log.get());
    }

    @Test
    void runLoop_whoseEndIsFailedBySomebodyElse_releasesACallerThatWaits() {
        var end = new CompletableFuture<Void>();
        var goOn = new CountDownLatch(1);
        var failure = new IllegalStateException("stalled");
        var caller = new CompletableFuture<Throwable>();
        var started = new CountDownLatch(1);
        // A platform thread is what portable loops do not run on, a virtual one what the others do not.
        Thread.Builder kind = MiniLoop.portable() ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
        kind.start(() -> {
            try {
                Backend.chosen()
                        .runLoop(
                                "stuck",
                                () -> {
                                    started.countDown();
                                    awaitQuietly(goOn);
                                },
                                end);
            } catch (Throwable e) {
                caller.complete(e);
            }
        });
        awaitQuietly(started);
        end.completeExceptionally(failure);
        assertSame(failure, caller.join());
        goOn.countDown();
    }

    @Test
    void coroutine_hasAThreadOfItsOwn() {
        var threads = new ArrayList<Thread>();
        MiniLoop.run(loop -> {
            for (int i = 0; i < 2; i++) {
                loop.coroutine(() -> threads.add(Thread.currentThread())).step();
            }
            assertTrue(threads.getFirst().isVirtual());
            assertEquals("mini", threads.getFirst().getName());
            assertNotSame(threads.get(0), threads.get(1));
        });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
