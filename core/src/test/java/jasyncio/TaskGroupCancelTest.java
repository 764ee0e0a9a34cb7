package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** {@code TaskGroup.cancel()}, from every place it can be called. */
class TaskGroupCancelTest {
    private final TaskGroup group = new TaskGroup();

    private void assertUndisturbed() {
        assertEquals(0, currentTask().cancelling());
        sleep(ofSeconds(1)); // nothing is left to be delivered
    }

    @Test
    void cancel_beforeEntry_takesEffectAtTheBodysFirstAwait() {
        virtually(v -> {
            group.cancel();
            group.run(() -> {
                v.log("body");
                sleep(ZERO);
                v.log("never");
            });
            assertEquals(List.of("body"), v.log());
            assertUndisturbed();
        });
    }

    @Test
    void cancel_inTheBody_endsTheBodyAtItsNextAwaitAndTheTasks() {
        virtually(v -> {
            var child = new Task<?>[1];
            String result = group.run((Callable<String>) () -> {
                child[0] = group.createTask(() -> sleep(ofSeconds(50)));
                sleep(ofSeconds(1));
                group.cancel();
                v.log("still here");
                sleep(ofSeconds(50));
                return "never";
            });
            assertNull(result);
            assertTrue(child[0].cancelled());
            assertEquals(List.of("still here"), v.log());
            assertEquals(ofSeconds(1), v.elapsed());
            assertUndisturbed();
        });
    }

    @Test
    void cancel_asTheBodysLastAct_keepsItsValue() {
        virtually(v -> {
            String result = group.run(() -> {
                group.createTask(() -> sleep(ofSeconds(50)));
                group.cancel();
                return "value";
            });
            assertEquals("value", result);
            assertEquals(ZERO, v.elapsed());
            assertUndisturbed();
        });
    }

    @Test
    void cancel_byATaskOfTheGroup_endsTheBodyAndTheOthers() {
        virtually(v -> {
            group.run(() -> {
                group.createTask(() -> sleep(ofSeconds(50)));
                group.createTask(() -> {
                    sleep(ofSeconds(2));
                    group.cancel();
                    v.log("canceller ends");
                });
                sleep(ofSeconds(50));
            });
            assertEquals(List.of("canceller ends"), v.log());
            assertEquals(ofSeconds(2), v.elapsed());
            assertUndisturbed();
        });
    }

    @Test
    void cancel_byATaskWhileTheGroupWaits_endsIt() {
        virtually(v -> {
            group.run(() -> {
                group.createTask(() -> sleep(ofSeconds(50)));
                group.createTask(() -> {
                    sleep(ofSeconds(2));
                    group.cancel();
                });
            });
            assertEquals(ofSeconds(2), v.elapsed());
            assertUndisturbed();
        });
    }

    @Test
    void cancel_byAnEagerTaskBeforeItsFirstSuspension_doesNotHang() {
        virtually(v -> {
            group.run(() -> {
                group.task().eager(true).start(() -> {
                    group.cancel();
                    sleep(ofSeconds(50));
                    v.log("never");
                });
                sleep(ofSeconds(50));
                v.log("never");
            });
            assertEquals(List.of(), v.log());
            assertEquals(ZERO, v.elapsed());
            assertUndisturbed();
        });
    }

    @Test
    void cancel_byAnEagerTaskThatEndsAtOnce_endsTheBody() {
        virtually(v -> {
            group.run(() -> {
                group.task().eager(true).start(group::cancel);
                sleep(ofSeconds(50));
            });
            assertEquals(ZERO, v.elapsed());
            assertUndisturbed();
        });
    }

    @Test
    void cancel_afterTheEnd_doesNothing() {
        virtually(v -> {
            group.run(() -> {});
            group.cancel();
            assertUndisturbed();
        });
    }

    @Test
    void cancel_twice_countsOnce() {
        virtually(v -> {
            group.run(() -> {
                group.cancel();
                group.cancel();
                assertEquals(1, currentTask().cancelling());
                sleep(ofSeconds(50));
            });
            assertUndisturbed();
        });
    }

    @Test
    void cancel_thenATaskFailsInCleanup_leavesWithThatFailure() {
        virtually(v -> {
            var failure = new IOException("cleanup");
            var e = assertThrows(
                    ExceptionGroup.class,
                    () -> group.run(() -> {
                        group.createTask(() -> {
                            try {
                                sleep(ofSeconds(50));
                            } finally {
                                throwIt(failure);
                            }
                        });
                        sleep(ZERO);
                        group.cancel();
                        sleep(ofSeconds(50));
                    }));
            assertSame(failure, e.exceptions().getFirst());
            assertUndisturbed();
        });
    }

    private static void throwIt(IOException e) throws IOException {
        throw e;
    }

    @Test
    void cancel_thenTheBodyFails_leavesWithThatFailure() {
        virtually(v -> {
            var failure = new IOException("body");
            var e = assertThrows(
                    ExceptionGroup.class,
                    () -> group.run(() -> {
                        group.cancel();
                        throwIt(failure);
                    }));
            assertEquals(List.of(failure), e.exceptions());
            assertUndisturbed();
        });
    }

    @Test
    void cancel_beforeACancellationFromOutside_letsThatOneThrough() {
        virtually(v -> {
            var parent = createTask(() -> {
                group.run(() -> {
                    group.createTask(() -> {
                        try {
                            sleep(ofSeconds(50));
                        } finally {
                            sleep(ofSeconds(5));
                        }
                    });
                    sleep(ofSeconds(1));
                    group.cancel();
                });
                v.log("never");
            });
            sleep(ofSeconds(3));
            parent.cancel("outside");
            assertThrows(CancelledError.class, () -> await(parent));
            assertEquals(1, parent.cancelling());
            assertEquals(List.of(), v.log());
        });
    }

    @Test
    void cancel_afterACancellationFromOutside_letsThatOneThrough() {
        virtually(v -> {
            var parent = createTask(() -> {
                group.run(() -> {
                    try {
                        sleep(ofSeconds(50));
                    } finally {
                        group.cancel();
                    }
                });
                v.log("never");
            });
            sleep(ofSeconds(1));
            parent.cancel("outside");
            assertThrows(CancelledError.class, () -> await(parent));
            assertEquals(1, parent.cancelling());
            assertEquals(List.of(), v.log());
        });
    }

    @Test
    void cancel_inTheSameIterationAsOneFromOutside_letsThatOneThrough() {
        virtually(v -> {
            var parent = createTask(() -> {
                group.run(() -> sleep(ofSeconds(50)));
                v.log("never");
            });
            sleep(ofSeconds(1));
            group.cancel();
            parent.cancel("outside");
            assertThrows(CancelledError.class, () -> await(parent));
            assertEquals(1, parent.cancelling());
            assertEquals(List.of(), v.log());
        });
    }
}
