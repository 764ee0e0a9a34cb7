package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.coroutine.PinnedException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

class SegmentTest {
    private final AtomicReference<Segment> self = new AtomicReference<>();

    private Segment segment(Action<?> body) {
        self.set(LowLevel.segment(body));
        return self.get();
    }

    @Test
    void resume_runsToThePauseAndToTheEnd() {
        virtually(v -> {
            Segment segment = segment(() -> {
                v.log("begin");
                self.get().pause();
                v.log("end");
            });
            assertFalse(segment.running());
            segment.resume();
            v.log("between");
            assertFalse(segment.done());
            segment.resume();
            assertTrue(segment.done());
            assertEquals(List.of("begin", "between", "end"), v.log());
        });
    }

    @Test
    void segment_runsAsTheTaskThatResumesIt_onAThreadOfItsOwn() {
        virtually(v -> {
            Segment segment = segment(() -> {
                while (true) {
                    v.log(currentTask().name());
                    assertTrue(self.get().running());
                    self.get().pause();
                }
            });
            Thread own = Thread.currentThread();
            segment.resume();
            assertSame(own, Thread.currentThread());
            assertNotSame(own, segment.thread());
            await(createTask("other", segment::resume));
            segment.resume();
            assertEquals(List.of("main", "other", "main"), v.log());
        });
    }

    @Test
    void failure_leavesTheResumeWithBothPlacesInItsTrace() {
        virtually(v -> {
            Segment segment = segment(SegmentTest::failInside);
            var e = assertThrows(IllegalArgumentException.class, segment::resume);
            List<String> methods = Arrays.stream(e.getStackTrace())
                    .map(StackTraceElement::getMethodName)
                    .toList();
            assertEquals("failInside", methods.getFirst());
            assertTrue(methods.contains("await"), methods::toString);
            assertTrue(methods.toString().contains("failure_leavesTheResume"), methods::toString);
            assertTrue(segment.done());
        });
    }

    private static void failInside() {
        throw new IllegalArgumentException("inside");
    }

    @Test
    void resume_whenItIsRunningOrHasEnded_isRefused() {
        virtually(v -> {
            Segment segment = segment(() -> sleep(ofSeconds(1)));
            Task<Void> task = createTask(segment::resume);
            sleep(ZERO);
            assertEquals(
                    "Cannot resume a segment that is running",
                    assertThrows(IllegalStateException.class, segment::resume).getMessage());
            await(task);
            assertEquals(
                    "Cannot resume a segment that has ended",
                    assertThrows(IllegalStateException.class, segment::resume).getMessage());
        });
    }

    @Test
    void resume_outsideOfATask_isRefused() {
        Segment segment = segment(() -> {});
        assertThrows(IllegalStateException.class, segment::resume);
        virtually(v -> {
            var refused = v.<String>future();
            v.loop()
                    .callSoon(() -> refused.setResult(assertThrows(IllegalStateException.class, segment::resume)
                            .getMessage()));
            assertTrue(await(refused).startsWith("Cannot await in a callback"));
            segment.resume();
        });
    }

    @Test
    void resume_onAnotherLoop_isRefused() {
        Segment segment = segment(() -> self.get().pause());
        virtually(v -> segment.resume());
        virtually(v -> {
            var e = assertThrows(IllegalStateException.class, segment::resume);
            assertTrue(e.getMessage().contains("the loop that first runs a segment keeps it"), e.getMessage());
        });
    }

    @Test
    void pause_fromOutside_isRefused() {
        virtually(v -> {
            Segment segment = segment(() -> {
                assertThrows(IllegalStateException.class, () -> await(createTask(self.get()::pause)));
                Segment inner = LowLevel.segment(self.get()::pause);
                assertThrows(IllegalStateException.class, inner::resume);
            });
            assertThrows(IllegalStateException.class, segment::pause);
            segment.resume();
            assertTrue(segment.done());
        });
    }

    @Test
    void stackOfATaskInASegment_showsTheSegmentFirstAndThenTheTask() {
        virtually(v -> {
            var gate = v.<String>future();
            Segment segment = segment(() -> waitInside(gate));
            Task<Void> task = createTask(() -> resumeOutside(segment));
            sleep(ZERO);
            List<String> methods = Arrays.stream(task.stack())
                    .map(StackTraceElement::getMethodName)
                    .filter(name -> name.endsWith("side"))
                    .toList();
            assertEquals(List.of("waitInside", "resumeOutside"), methods);
            assertTrue(task.toString().contains("SegmentTest.waitInside() running at"), task::toString);
            gate.setResult("go");
            await(task);
        });
    }

    private static void waitInside(Future<String> gate) {
        await(gate);
    }

    private static void resumeOutside(Segment segment) {
        segment.resume();
    }

    @Test
    void threadsOfTheLoop_areThoseOfTheTaskAndOfEachSegment() {
        virtually(v -> {
            Kernel kernel = v.loop().kernel;
            var gate = v.<String>future();
            Segment paused = segment(() -> self.get().pause());
            paused.closeWhenAbandoned(paused, () -> {});
            paused.resume();
            Segment inner = LowLevel.segment(() -> await(gate));
            Segment outer = LowLevel.segment(inner::resume);
            Task<Void> task = createTask(outer::resume);
            sleep(ZERO);
            List<Thread> threads = kernel.threads().toList();
            for (Segment each : List.of(paused, inner, outer)) {
                assertEquals(1, threads.stream().filter(t -> t == each.thread()).count());
            }
            assertEquals(5, threads.size(), threads::toString); // those, the task's and this one's
            gate.setResult("go");
            await(task);
            paused.resume();
            assertEquals(1, kernel.threads().count());
        });
    }

    @Test
    void eagerTaskFromInside_runsBeforeTheSegmentGoesOn() {
        virtually(v -> {
            Segment segment = segment(() -> {
                Task<Void> child = Asyncio.task().name("child").eager(true).start(() -> {
                    v.log("child in " + currentTask().name());
                    LowLevel.segment(() ->
                                    v.log("its segment in " + currentTask().name()))
                            .resume();
                    sleep(ZERO);
                    v.log("child ends");
                });
                v.log("segment in " + currentTask().name());
                self.get().pause();
                await(child);
            });
            segment.resume();
            v.log("main");
            segment.resume();
            assertEquals(
                    List.of("child in child", "its segment in child", "segment in main", "main", "child ends"),
                    v.log());
        });
    }

    @Test
    void segmentsInSegments_pauseEachForItself() {
        virtually(v -> {
            Segment inner = LowLevel.segment(() -> {});
            var innermost = new AtomicReference<Segment>();
            innermost.set(LowLevel.segment(() -> {
                v.log("a");
                innermost.get().pause();
                v.log("b");
            }));
            Segment outer = segment(() -> {
                innermost.get().resume();
                self.get().pause();
                innermost.get().resume();
            });
            outer.resume();
            inner.resume();
            v.log("between");
            outer.resume();
            assertTrue(innermost.get().done() && outer.done());
            assertEquals(List.of("a", "between", "b"), v.log());
        });
    }

    /** On the portable backend a blocking call blocks the loop. */
    @Test
    @Tag("blocking")
    void blockingCallInside_parksTheTaskOnly() {
        virtually(v -> {
            var items = new LinkedBlockingQueue<String>();
            Segment segment = segment(() -> {
                v.log("got " + items.take());
                self.get().pause();
                v.log("got " + items.take());
            });
            Task<Void> first = createTask(segment::resume);
            sleep(ZERO);
            v.log("other");
            items.add("a");
            await(first);
            Task<Void> second = createTask(segment::resume);
            sleep(ZERO);
            items.add("b");
            await(second);
            assertTrue(segment.done());
            assertEquals(List.of("other", "got a", "got b"), v.log());
        });
    }

    @Test
    @Tag("blocking")
    void cancelWhileItBlocksInside_interruptsItAndLeavesAsCancellation() {
        virtually(v -> {
            Segment segment = segment(() -> new LinkedBlockingQueue<String>().take());
            Task<Void> task = createTask(() -> {
                assertThrows(CancelledError.class, segment::resume);
                assertFalse(Thread.currentThread().isInterrupted());
                v.log("consumer sees a cancellation");
            });
            sleep(ZERO);
            task.cancel();
            await(task);
            assertEquals(List.of("consumer sees a cancellation"), v.log());
        });
    }

    /** What the body leaves undone of an interrupt goes on with the task, and not with the next one that comes. */
    @Test
    @Tag("blocking")
    void interruptThatTheBodyKeeps_goesWithTheTask() {
        virtually(v -> {
            Segment segment = segment(() -> {
                while (true) {
                    try {
                        new LinkedBlockingQueue<String>().take();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    self.get().pause();
                    v.log("second finds " + Thread.currentThread().isInterrupted());
                }
            });
            Task<Void> first = createTask(() -> {
                segment.resume();
                v.log("first has " + Thread.currentThread().isInterrupted());
                sleep(ZERO);
            });
            sleep(ZERO);
            first.cancel();
            assertThrows(CancelledError.class, () -> await(first));
            Task<Void> second = createTask(segment::resume);
            sleep(ZERO);
            assertEquals(List.of("first has true", "second finds false"), v.log());
            second.cancel();
            assertThrows(CancelledError.class, () -> await(second));
        });
    }

    private static final class AwaitsWhenInitialised {
        static final boolean INITIALISED = initialise();

        private static boolean initialise() {
            NEXT.get().run();
            return true;
        }
    }

    private static final AtomicReference<Runnable> NEXT = new AtomicReference<>();

    @Test
    @DisabledIfSystemProperty(
            named = "jasyncio.backend",
            matches = "portable",
            disabledReason = "a baton can be passed from anywhere")
    void pauseAndResumeInAClassInitialiser_areRefusedAndChangeNothing() {
        virtually(v -> {
            Segment inner = LowLevel.segment(() -> v.log("inner"));
            Segment segment = segment(() -> {
                NEXT.set(() -> {
                    assertThrows(PinnedException.class, self.get()::pause);
                    assertThrows(PinnedException.class, inner::resume);
                    assertThrows(PinnedException.class, () -> sleep(ZERO));
                });
                assertTrue(AwaitsWhenInitialised.INITIALISED);
                self.get().pause();
                inner.resume();
            });
            segment.resume();
            assertEquals(List.of(), v.log());
            segment.resume();
            assertTrue(segment.done());
            assertEquals(List.of("inner"), v.log());
        });
    }
}
