package jasyncio.blocking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.AsyncContextManager;
import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.Future;
import jasyncio.Task;
import jasyncio.TaskGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a cancellation that was sent as an interrupt becomes a {@code CancelledError} again, and what is none. */
@Tag("blocking")
class CancelledWhileBlockedTest {
    private static final Duration SHORT = Duration.ofMillis(10);

    private static void blockForEver() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Test
    void interrupt_thatTheBodySwallows_isMetAtTheNextAwait() {
        Asyncio.run(() -> {
            List<String> log = new ArrayList<>();
            Task<Void> task = Asyncio.createTask(() -> {
                try {
                    blockForEver();
                } catch (InterruptedException e) {
                    log.add("swallowed, flag " + Thread.currentThread().isInterrupted());
                }
                Asyncio.sleep(Duration.ofHours(1));
                log.add("never");
            });
            Asyncio.sleep(Duration.ZERO);
            task.cancel("why");
            var e = assertThrows(CancelledError.class, () -> Asyncio.await(task));
            assertEquals("why", e.getMessage());
            assertEquals(List.of("swallowed, flag false"), log);
        });
    }

    @Test
    void interrupt_thatTheBodySwallowsAndReasserts_isMetAtTheNextAwaitAndClearAfterwards() {
        Asyncio.run(() -> {
            List<Object> log = new ArrayList<>();
            Task<Void> task = Asyncio.createTask(() -> {
                try {
                    blockForEver();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                try {
                    Asyncio.sleep(Duration.ofHours(1));
                } catch (CancelledError e) {
                    log.add(Thread.currentThread().isInterrupted());
                }
                Thread.sleep(1);
                log.add("slept");
            });
            Asyncio.sleep(Duration.ZERO);
            task.cancel();
            Asyncio.await(task);
            assertEquals(List.of(false, "slept"), log);
        });
    }

    @Test
    void interrupt_thatTheBodySwallowsBeforeItReturns_makesTheTaskCancelled() {
        Asyncio.run(() -> {
            Task<String> task = Asyncio.createTask(() -> {
                try {
                    blockForEver();
                } catch (InterruptedException e) {
                    // says nothing
                }
                return "value";
            });
            Asyncio.sleep(Duration.ZERO);
            task.cancel();
            assertThrows(CancelledError.class, () -> Asyncio.await(task));
        });
    }

    @Test
    void exception_thatTheBodyMakesOfTheInterrupt_isTheCauseOfTheCancellation() {
        Asyncio.run(() -> {
            Task<Void> task = Asyncio.createTask(() -> {
                try {
                    blockForEver();
                } catch (InterruptedException e) {
                    throw new IOException("wrapped", e);
                }
            });
            Asyncio.sleep(Duration.ZERO);
            task.cancel();
            var e = assertThrows(CancelledError.class, () -> Asyncio.await(task));
            assertInstanceOf(IOException.class, e.getCause());
        });
    }

    @Test
    void interruptByAThirdParty_withoutCancel_isTheBodysOwnFailure() {
        Asyncio.run(() -> {
            var thread = new AtomicReference<Thread>();
            Task<Void> task = Asyncio.createTask(() -> {
                thread.set(Thread.currentThread());
                blockForEver();
            });
            Asyncio.sleep(Duration.ZERO);
            thread.get().interrupt();
            assertThrows(InterruptedException.class, () -> Asyncio.await(task));
            assertFalse(task.cancelled());
        });
    }

    @Test
    void interruptByAThirdParty_inTimeout_isTheBodysOwnFailure() {
        Asyncio.run(() -> {
            var thread = new AtomicReference<Thread>();
            Task<Void> task = Asyncio.createTask(() -> Asyncio.timeout(Duration.ofHours(1), () -> {
                thread.set(Thread.currentThread());
                blockForEver();
            }));
            Asyncio.sleep(Duration.ZERO);
            thread.get().interrupt();
            assertThrows(InterruptedException.class, () -> Asyncio.await(task));
        });
    }

    @Test
    void cancel_ofTaskThatCanGoOnAlready_isMetAtItsNextAwait() {
        Asyncio.run(() -> {
            List<String> log = new ArrayList<>();
            var latch = new CountDownLatch(1);
            Task<Void> task = Asyncio.createTask(() -> {
                latch.await();
                log.add("goes on");
                Asyncio.sleep(Duration.ofHours(1));
                log.add("never");
            });
            Asyncio.sleep(Duration.ZERO);
            latch.countDown();
            task.cancel();
            assertThrows(CancelledError.class, () -> Asyncio.await(task));
            assertTrue(log.isEmpty() || log.equals(List.of("goes on")), log::toString);
        });
    }

    @Test
    void cancel_ofTaskThatCanGoOnAndReturns_makesItCancelled() {
        Asyncio.run(() -> {
            var latch = new CountDownLatch(1);
            Task<String> task = Asyncio.createTask(() -> {
                latch.await();
                return "value";
            });
            Asyncio.sleep(Duration.ZERO);
            latch.countDown();
            task.cancel();
            assertThrows(CancelledError.class, () -> Asyncio.await(task));
        });
    }

    @Test
    void cancelTwice_whileBlocked_isDeliveredOnceWithTheLastMessage() {
        Asyncio.run(() -> {
            List<String> log = new ArrayList<>();
            Task<Integer> task = Asyncio.createTask(() -> {
                try {
                    Asyncio.timeout(Duration.ofHours(1), CancelledWhileBlockedTest::blockForEver);
                } catch (CancelledError e) {
                    log.add(e.getMessage());
                }
                Asyncio.sleep(Duration.ZERO);
                return Asyncio.currentTask().cancelling();
            });
            Asyncio.sleep(Duration.ZERO);
            task.cancel("first");
            task.cancel("second");
            assertEquals(2, Asyncio.await(task));
            assertEquals(List.of("second"), log);
        });
    }

    @Test
    void uncancel_beforeItIsDelivered_withdrawsTheInterruptToo() {
        Asyncio.run(() -> {
            Task<Boolean> task = Asyncio.createTask(() -> {
                try {
                    blockForEver();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                Asyncio.currentTask().uncancel();
                boolean flag = Thread.currentThread().isInterrupted();
                Asyncio.sleep(Duration.ZERO);
                return flag;
            });
            Asyncio.sleep(Duration.ZERO);
            task.cancel();
            assertFalse(Asyncio.await(task));
        });
    }

    @Test
    void cancel_ofTaskGroupWhoseBodyAndChildrenBlock_endsThemAll() {
        Asyncio.run(() -> {
            List<String> log = new ArrayList<>();
            Task<Void> task = Asyncio.createTask(() -> {
                var group = new TaskGroup();
                group.run(() -> {
                    group.createTask(() -> logged("child", log));
                    Asyncio.sleep(Duration.ZERO);
                    logged("body", log);
                });
            });
            Asyncio.sleep(SHORT);
            task.cancel("all");
            var e = assertThrows(CancelledError.class, () -> Asyncio.await(task));
            assertEquals("all", e.getMessage());
            assertEquals(List.of("body", "child"), log);
        });
    }

    private static void logged(String who, List<String> log) throws InterruptedException {
        try {
            blockForEver();
        } finally {
            log.add(who);
        }
    }

    @Test
    void childThatFails_inTaskGroupWhoseBodyBlocks_interruptsTheBody() {
        Asyncio.run(() -> {
            var group = new TaskGroup();
            var failure = new IOException("child");
            var e = assertThrows(
                    jasyncio.ExceptionGroup.class,
                    () -> group.run(() -> {
                        group.createTask(() -> {
                            throw failure;
                        });
                        blockForEver();
                    }));
            assertEquals(List.of(failure), e.exceptions());
            assertEquals(0, Asyncio.currentTask().cancelling());
            assertFalse(Thread.currentThread().isInterrupted());
            Asyncio.sleep(Duration.ZERO);
        });
    }

    @Test
    void cancel_underContextManager_showsItTheCancellation() {
        Asyncio.run(() -> {
            var seen = new AtomicReference<Throwable>();
            var manager = new AsyncContextManager<String>() {
                @Override
                public String enter() {
                    return "entered";
                }

                @Override
                public boolean exit(Throwable thrown) {
                    seen.set(thrown);
                    return false;
                }
            };
            Task<Void> task = Asyncio.createTask(() -> Asyncio.with(manager, _ -> blockForEver()));
            Asyncio.sleep(Duration.ZERO);
            task.cancel();
            var e = assertThrows(CancelledError.class, () -> Asyncio.await(task));
            assertSame(seen.get(), e);
            assertInstanceOf(InterruptedException.class, e.getCause());
        });
    }

    @Test
    void nestedTimeouts_aroundBlockingCall_onlyTheExpiredOneConverts() {
        Asyncio.run(() -> {
            List<String> log = new ArrayList<>();
            try {
                Asyncio.timeout(SHORT, () -> {
                    try {
                        Asyncio.timeout(Duration.ofHours(1), CancelledWhileBlockedTest::blockForEver);
                    } catch (TimeoutException e) {
                        log.add("inner");
                    }
                });
            } catch (TimeoutException e) {
                log.add("outer");
            }
            assertEquals(List.of("outer"), log);
            assertEquals(0, Asyncio.currentTask().cancelling());
        });
    }

    @Test
    void timeout_aroundBlockingCallUnderOuterCancel_letsTheCancellationPass() {
        Asyncio.run(() -> {
            Task<Void> task = Asyncio.createTask(
                    () -> Asyncio.timeout(Duration.ofHours(1), CancelledWhileBlockedTest::blockForEver));
            Asyncio.sleep(Duration.ZERO);
            task.cancel("outer");
            var e = assertThrows(CancelledError.class, () -> Asyncio.await(task));
            assertEquals("outer", e.getMessage());
        });
    }

    @Test
    void cancel_ofAwaitAfterBlockingCallWasCancelledAndHandled_isANewCancellation() {
        Asyncio.run(() -> {
            List<String> log = new ArrayList<>();
            Future<String> never = Asyncio.runningLoop().createFuture();
            Task<Void> task = Asyncio.createTask(() -> {
                try {
                    Asyncio.timeout(Duration.ofHours(1), CancelledWhileBlockedTest::blockForEver);
                } catch (CancelledError e) {
                    log.add("first");
                }
                Asyncio.await(never);
            });
            Asyncio.sleep(Duration.ZERO);
            task.cancel("1");
            Asyncio.sleep(SHORT);
            assertFalse(task.done());
            task.cancel("2");
            var e = assertThrows(CancelledError.class, () -> Asyncio.await(task));
            assertEquals("2", e.getMessage());
            assertNull(e.getCause());
            assertEquals(List.of("first"), log);
        });
    }

    @Test
    void run_whoseTasksBlock_endsThemAtItsEnd() {
        List<String> log = new ArrayList<>();
        Asyncio.run(() -> {
            Asyncio.createTask(() -> logged("left behind", log));
            Asyncio.sleep(Duration.ZERO);
        });
        assertEquals(List.of("left behind"), log);
    }
}
