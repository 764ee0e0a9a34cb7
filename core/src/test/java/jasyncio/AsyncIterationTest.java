package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class AsyncIterationTest {

    /** Counts up, one a second; then ends or fails. */
    private static final class Countdown implements AsyncIterator<Integer> {
        private int left;
        private final IOException failure;
        private int asked;

        Countdown(int left, IOException failure) {
            this.left = left;
            this.failure = failure;
        }

        @Override
        public Integer anext() throws IOException {
            asked++;
            sleep(ofSeconds(1));
            if (left == 0) {
                if (failure != null) {
                    throw failure;
                }
                throw new StopAsyncIteration();
            }
            return left--;
        }
    }

    @Test
    void forLoop_suspendsBetweenTheItems() {
        virtually(v -> {
            var other = createTask(() -> {
                sleep(ofSeconds(1).plusMillis(500));
                v.log("other");
            });
            for (int i : new Countdown(3, null)) {
                v.log(i);
            }
            await(other);
            assertEquals(List.of("3", "other", "2", "1"), v.log());
            assertEquals(ofSeconds(4), v.elapsed());
        });
    }

    @Test
    void aiter_ofAnIterator_isItself() {
        var countdown = new Countdown(1, null);
        assertSame(countdown, countdown.aiter());
    }

    @Test
    void hasNext_twice_asksOnce() {
        virtually(v -> {
            var source = new Countdown(1, null);
            var iterator = source.iterator();
            assertTrue(iterator.hasNext());
            assertTrue(iterator.hasNext());
            assertEquals(1, source.asked);
            assertEquals(1, iterator.next());
            assertFalse(iterator.hasNext());
            assertFalse(iterator.hasNext());
            assertEquals(2, source.asked);
            assertThrows(NoSuchElementException.class, iterator::next);
        });
    }

    @Test
    void next_withoutHasNext_givesEachItem() {
        virtually(v -> {
            var iterator = new Countdown(2, null).iterator();
            assertEquals(2, iterator.next());
            assertEquals(1, iterator.next());
            assertThrows(NoSuchElementException.class, iterator::next);
        });
    }

    @Test
    void failure_isThrownFromTheForLoopAsItIs() {
        virtually(v -> {
            var failure = new IOException("broken");
            assertSame(failure, assertThrows(IOException.class, () -> {
                for (int i : new Countdown(1, failure)) {
                    v.log(i);
                }
            }));
            assertEquals(List.of("1"), v.log());
        });
    }

    @Test
    void cancellation_isThrownFromTheForLoop() {
        virtually(v -> {
            var task = createTask(() -> {
                for (int i : new Countdown(10, null)) {
                    v.log(i);
                }
            });
            sleep(ofSeconds(2).plusMillis(500));
            task.cancel("why");
            assertEquals(
                    "why", assertThrows(CancelledError.class, () -> await(task)).getMessage());
            assertEquals(List.of("10", "9"), v.log());
        });
    }
}
