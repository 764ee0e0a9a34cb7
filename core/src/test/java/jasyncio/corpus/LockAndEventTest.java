package jasyncio.corpus;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.CancelledError;
import jasyncio.Task;
import jasyncio.sync.Event;
import jasyncio.sync.Lock;
import jasyncio.testing.VirtualLoop;
import java.util.List;
import org.junit.jupiter.api.Test;

class LockAndEventTest {

    private static Task<Void> taker(VirtualLoop v, Lock lock, String name) {
        return createTask(name, () -> {
            lock.acquire();
            v.log(name);
        });
    }

    private static Task<Void> waiter(VirtualLoop v, Event event, String name) {
        return createTask(name, () -> {
            event.await();
            v.log(name);
        });
    }

    @Test
    void release_oneByOne_letsOneTaskInEachTime() {
        virtually(v -> {
            var lock = new Lock();
            lock.acquire();
            var a = taker(v, lock, "a");
            var b = taker(v, lock, "b");
            sleep(ZERO);
            assertEquals(List.of(), v.log());
            lock.release();
            sleep(ZERO);
            sleep(ZERO);
            assertEquals(List.of("a"), v.log());
            var c = taker(v, lock, "c");
            lock.release();
            sleep(ZERO);
            assertEquals(List.of("a", "b"), v.log());
            lock.release();
            sleep(ZERO);
            assertEquals(List.of("a", "b", "c"), v.log());
            assertTrue(a.done() && b.done() && c.done());
        });
    }

    @Test
    void release_rightAfterACancellation_letsExactlyOneIn() {
        virtually(v -> {
            var lock = new Lock();
            lock.acquire();
            var a = taker(v, lock, "a");
            var b = taker(v, lock, "b");
            var c = taker(v, lock, "c");
            sleep(ZERO);
            v.loop().callSoon(() -> {
                a.cancel();
                lock.release();
            });
            assertThrows(CancelledError.class, () -> await(a));
            assertEquals(List.of("b"), v.log());
            assertTrue(a.cancelled() && b.done());
            assertFalse(c.done());
            assertEquals(new Lock.Statistics(true, 1), lock.statistics());
            lock.release();
            await(c);
        });
    }

    @Test
    void set_whileANewcomerHasNotBegun_letsItPassThoseItWakes() {
        virtually(v -> {
            var event = new Event();
            var a = waiter(v, event, "a");
            var b = waiter(v, event, "b");
            sleep(ZERO);
            assertEquals(List.of(), v.log());
            var newcomer = waiter(v, event, "newcomer");
            event.set();
            sleep(ZERO);
            assertEquals(List.of("newcomer", "a", "b"), v.log());
            assertTrue(a.done() && b.done() && newcomer.done());
        });
    }

    @Test
    void clear_afterSet_unsetsIt() {
        var event = new Event();
        assertFalse(event.isSet());
        event.set();
        assertTrue(event.isSet());
        event.clear();
        assertFalse(event.isSet());
    }

    @Test
    void set_againBeforeTheWokenOneHasRun_wakesItOnce() {
        virtually(v -> {
            var event = new Event();
            var task = waiter(v, event, "a");
            sleep(ZERO);
            event.set();
            event.clear();
            assertFalse(event.isSet());
            event.set();
            event.set();
            assertEquals(1, event.statistics().waiters());
            sleep(ZERO);
            assertEquals(List.of("a"), v.log());
            assertEquals(0, event.statistics().waiters());
            assertTrue(task.done());
        });
    }
}
