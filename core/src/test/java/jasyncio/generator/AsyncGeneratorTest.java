package jasyncio.generator;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.AsyncIterable;
import jasyncio.CancelledError;
import jasyncio.StopAsyncIteration;
import jasyncio.Task;
import jasyncio.generator.Generator.State;
import jasyncio.testing.LogCapture;
import jasyncio.testing.VirtualLoop;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AsyncGeneratorTest {

    /** Counts up, one a second; closing takes another second. */
    private static AsyncGenerator<Integer> counting(VirtualLoop v) {
        return AsyncGenerator.of(y -> {
            try {
                for (int i = 1; ; i++) {
                    sleep(ofSeconds(1));
                    y.yield(i);
                }
            } finally {
                sleep(ofSeconds(1));
                v.log("closed");
            }
        });
    }

    @Test
    void for_isLeftAndTheGeneratorClosedByTryWithResources() {
        virtually(v -> {
            try (var numbers = counting(v)) {
                for (int number : numbers) {
                    v.log(number);
                    if (number == 2) {
                        break;
                    }
                }
                assertEquals(State.SUSPENDED, numbers.state());
            }
            assertEquals(List.of("1", "2", "closed"), v.log());
            assertEquals(ofSeconds(3), v.elapsed());
        });
    }

    @Test
    void checkedExceptionOfTheBody_leavesTheLoopAsItIs() {
        virtually(v -> {
            var failure = new IOException("broken");
            AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
                y.yield(1);
                throw failure;
            });
            assertEquals(1, generator.next());
            assertSame(failure, assertThrows(IOException.class, generator::next));
            assertThrows(StopAsyncIteration.class, generator::next);
        });
    }

    @Test
    void iterator_looksOneAheadWhichAnextThenGives() {
        virtually(v -> {
            AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
                y.yield(1);
                y.yield(2);
            });
            Iterator<Integer> iterator = generator.iterator();
            assertTrue(iterator.hasNext());
            assertTrue(iterator.hasNext());
            var e = assertThrows(IllegalStateException.class, () -> generator.athrow(new IOException("in")));
            assertTrue(e.getMessage().contains("take it with anext()"), e.getMessage());
            assertEquals(1, generator.anext());
            assertEquals(2, iterator.next());
            assertFalse(iterator.hasNext());
            assertThrows(NoSuchElementException.class, iterator::next);
        });
    }

    @Test
    void stream_suspendsBetweenTheItemsAndClosesTheGenerator() {
        virtually(v -> {
            try (Stream<Integer> stream = counting(v).stream()) {
                assertEquals(List.of(10, 20), stream.limit(2).map(i -> i * 10).toList());
            }
            assertEquals(List.of("closed"), v.log());
            assertEquals(ofSeconds(3), v.elapsed());
        });
    }

    @Test
    void overlappingUse_namesTheCallAndTheCure() {
        virtually(v -> {
            var generator = counting(v);
            Task<Integer> task = createTask(generator::anext);
            sleep(ZERO);
            assertEquals(State.RUNNING, generator.state());
            String message =
                    assertThrows(IllegalStateException.class, generator::anext).getMessage();
            assertEquals(
                    "anext(): asynchronous generator is already running: <AsyncGenerator AsyncGeneratorTest lambda"
                            + " RUNNING>; let one task at a time advance or close it",
                    message);
            assertTrue(assertThrows(IllegalStateException.class, generator::aclose)
                    .getMessage()
                    .startsWith("aclose():"));
            assertTrue(assertThrows(IllegalStateException.class, generator::close)
                    .getMessage()
                    .startsWith("aclose():"));
            assertEquals(1, await(task));
            generator.close();
        });
    }

    @Test
    void generator_ofAnotherLoop_isRefused() {
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> y.yield(1));
        virtually(v -> {
            assertEquals(1, generator.anext());
            v.loop().shutdownAsyncgens();
        });
        assertEquals(State.CLOSED, generator.state());
        AsyncGenerator<Integer> pending = AsyncGenerator.of(y -> y.yield(1));
        virtually(v -> pending.anext());
        virtually(v -> {
            var e = assertThrows(IllegalStateException.class, pending::anext);
            assertTrue(e.getMessage().contains("belongs to"), e.getMessage());
            assertEquals(State.SUSPENDED, pending.state());
        });
    }

    @Test
    void generator_outsideOfATask_canOnlyBeClosedBeforeItBegins() {
        AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> y.yield(1));
        assertThrows(IllegalStateException.class, generator::anext);
        assertEquals(State.CREATED, generator.state());
        generator.close();
        assertEquals(State.CLOSED, generator.state());
        virtually(v -> assertThrows(StopAsyncIteration.class, generator::anext));
    }

    @Test
    void athrow_afterTheEnd_isThrownHere() {
        virtually(v -> {
            AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {});
            assertThrows(StopAsyncIteration.class, generator::anext);
            assertThrows(IOException.class, () -> generator.athrow(new IOException("in")));
        });
    }

    @Test
    void close_whileTheTaskIsCancelled_leavesTheCancellationToTheNextAwait() {
        virtually(v -> {
            Task<?> task = createTask(() -> {
                try (var numbers = counting(v)) {
                    numbers.anext();
                }
                v.log("goes on");
                sleep(ZERO);
                v.log("never");
            });
            sleep(ofSeconds(1).plusMillis(500));
            task.cancel("why");
            assertEquals(
                    "why", assertThrows(CancelledError.class, () -> await(task)).getMessage());
            assertEquals(List.of("goes on"), v.log());
        });
    }

    @Test
    void primed_canBeSentToAtOnce() {
        virtually(v -> {
            AsyncSendGenerator<String, String> generator = AsyncSendGenerator.primed(y -> {
                String sent = y.yield();
                while (true) {
                    sleep(ofSeconds(1));
                    sent = y.yield("got " + sent);
                }
            });
            assertEquals("got a", generator.asend("a"));
            assertEquals("got b", generator.asend("b"));
            generator.aclose();
        });
    }

    @Test
    void asendFirst_saysWhatToDo() {
        AsyncSendGenerator<String, String> generator = AsyncSendGenerator.of(y -> y.yield("a"));
        virtually(v -> {
            var e = assertThrows(IllegalStateException.class, () -> generator.asend("a"));
            assertTrue(e.getMessage().contains("call anext() first"), e.getMessage());
        });
    }

    @Test
    void yieldFrom_closesTheGeneratorThatTheBodyLeaves() {
        virtually(v -> {
            var inner = counting(v);
            AsyncGenerator<Integer> outer = AsyncGenerator.of(y -> {
                y.yieldFrom(List.of(7));
                y.yieldFrom(Generator.<Integer>of(z -> z.yield(8)));
                y.yieldFrom(inner);
            });
            assertEquals(List.of(7, 8, 1, 2), outer.stream().limit(4).toList());
            outer.close();
            assertEquals(State.CLOSED, inner.state());
            assertEquals(List.of("closed"), v.log());
        });
    }

    @Test
    void yield_ofAnotherTask_isRefused() {
        virtually(v -> {
            AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
                assertThrows(IllegalStateException.class, () -> await(createTask(() -> y.yield(1))));
                y.yield(2);
            });
            assertEquals(2, generator.anext());
        });
    }

    @Test
    void synchronousGeneratorInTheBody_mayYieldToTheAsynchronousOne() {
        virtually(v -> {
            AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
                for (int i : Generator.<Integer>of(z -> {
                    z.yield(1);
                    y.yield(100);
                    z.yield(2);
                })) {
                    sleep(ZERO);
                    y.yield(i);
                }
            });
            assertEquals(List.of(1, 100, 2), generator.stream().toList());
        });
    }

    @Test
    void advancedInsideASynchronousGenerator_suspendsTheTask() {
        virtually(v -> {
            var numbers = counting(v);
            Generator<Integer> doubled = Generator.of(y -> {
                for (int number : numbers) {
                    y.yield(number * 2);
                }
            });
            assertEquals(2, doubled.next());
            assertEquals(4, doubled.next());
            assertEquals(ofSeconds(2), v.elapsed());
            doubled.close();
            numbers.close();
        });
    }

    @Test
    void begunAfterTheShutdown_isReportedAndWorks() {
        virtually(v -> {
            v.loop().shutdownAsyncgens();
            try (var log = new LogCapture();
                    var late = counting(v)) {
                assertEquals(1, late.anext());
                assertEquals(1, log.messages().size());
                assertTrue(
                        log.messages().getFirst().contains("was begun after shutdownAsyncgens()"),
                        log.messages()::toString);
            }
        });
    }

    @Test
    void shutdown_tellsTheHandlerOfAGeneratorThatIsRunning() {
        virtually(v -> {
            var generator = counting(v);
            Task<Integer> task = createTask(generator::anext);
            sleep(ZERO);
            v.loop().shutdownAsyncgens();
            var failures = v.takeFailures();
            assertEquals(1, failures.size());
            assertTrue(failures.getFirst()
                    .message()
                    .startsWith("an error occurred during closing of asynchronous generator <AsyncGenerator"));
            await(task);
            generator.close();
        });
    }

    @Test
    void body_mayNameItsGenerator() {
        virtually(v -> {
            var self = new AtomicReference<AsyncGenerator<State>>();
            AsyncGenerator<State> generator =
                    AsyncGenerator.of(y -> y.yield(self.get().state()));
            self.set(generator);
            assertEquals(State.CREATED, generator.state());
            assertEquals(State.RUNNING, generator.anext());
            assertEquals("<AsyncGenerator AsyncGeneratorTest lambda SUSPENDED>", generator.toString());
            generator.close();
        });
    }

    @Test
    void from_anIterableOrAStream_isIteratedInTheTask() {
        virtually(v -> {
            AsyncIterable<Integer> numbers = AsyncIterable.from(List.of(1, 2));
            assertEquals(List.of(1, 2), numbers.stream().toList());
            assertEquals(List.of(1, 2), numbers.stream().toList());
            Stream<Integer> source = Stream.of(3, 4).onClose(() -> v.log("closed"));
            var iterator = AsyncIterable.from(source).aiter();
            assertEquals(3, iterator.anext());
            assertEquals(4, iterator.anext());
            assertEquals(List.of(), v.log());
            assertThrows(StopAsyncIteration.class, iterator::anext);
            assertThrows(StopAsyncIteration.class, iterator::anext);
            assertEquals(List.of("closed"), v.log());
            assertEquals("main", currentTask().name());
        });
    }
}
