package jasyncio.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Callbacks run on a coroutine of the loop, never on its bare thread. */
class CallbackRunnerTest {

    @Test
    void callback_always_runsOnAVirtualThread() {
        Asyncio.run(() -> {
            EventLoop loop = Asyncio.runningLoop();
            List<Boolean> virtual = new ArrayList<>();
            Runnable callback = () -> virtual.add(Thread.currentThread().isVirtual());
            loop.callSoon(callback);
            loop.callLater(Duration.ofMillis(1), callback);
            loop.callSoonThreadsafe(callback);
            var future = loop.<String>createFuture();
            future.addDoneCallback(_ -> callback.run());
            future.setResult("done");
            Asyncio.sleep(Duration.ofMillis(10));
            assertEquals(List.of(true, true, true, true), virtual);
        });
    }

    @Test
    void await_inCallback_isRefused() {
        Asyncio.run(() -> {
            var refused = Asyncio.runningLoop().<Throwable>createFuture();
            Asyncio.runningLoop()
                    .callSoon(() -> refused.setResult(
                            assertThrows(IllegalStateException.class, () -> Asyncio.sleep(Duration.ZERO))));
            String message = Asyncio.await(refused).getMessage();
            assertTrue(message.startsWith("Cannot await in a callback"), message);
        });
    }

    @Test
    void callback_interrupted_leavesTheInterruptToItselfAlone() {
        List<Boolean> interrupted = new ArrayList<>();
        Asyncio.run(() -> {
            EventLoop loop = Asyncio.runningLoop();
            loop.callSoon(() -> Thread.currentThread().interrupt());
            loop.callSoon(() -> interrupted.add(Thread.currentThread().isInterrupted()));
            Asyncio.sleep(Duration.ZERO);
        });
        assertEquals(List.of(false), interrupted);
    }

    @Test
    @Tag("blocking")
    void callback_thatBlocks_isLeftBehindAndTheOthersKeepTheirOrder() {
        List<String> log = new ArrayList<>();
        Asyncio.run(() -> {
            EventLoop loop = Asyncio.runningLoop();
            var goOn = new CountDownLatch(1);
            loop.callSoon(() -> log.add("1"));
            loop.callSoon(() -> {
                log.add("2 blocks");
                await(goOn);
                log.add("2 goes on");
            });
            loop.callSoon(() -> log.add("3"));
            loop.callSoon(() -> log.add("4"));
            Asyncio.sleep(Duration.ZERO);
            log.add("main");
            loop.callSoon(() -> log.add("5"));
            loop.callSoon(goOn::countDown);
            Asyncio.sleep(Duration.ZERO);
            Asyncio.sleep(Duration.ZERO);
            Asyncio.sleep(Duration.ZERO);
            loop.callSoon(() -> log.add("6"));
            Asyncio.sleep(Duration.ZERO);
        });
        assertEquals(List.of("1", "2 blocks", "3", "4", "main", "5", "2 goes on", "6"), log);
    }

    @Test
    @Tag("blocking")
    void callbacks_thatAllBlock_goOnInTheOrderTheyAreReleased() {
        List<Integer> log = new ArrayList<>();
        Asyncio.run(() -> {
            EventLoop loop = Asyncio.runningLoop();
            List<CountDownLatch> latches = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int number = i;
                var latch = new CountDownLatch(1);
                latches.add(latch);
                loop.callSoon(() -> {
                    await(latch);
                    log.add(number);
                });
            }
            Asyncio.sleep(Duration.ZERO);
            latches.reversed().forEach(CountDownLatch::countDown);
            Asyncio.sleep(Duration.ZERO);
            Asyncio.sleep(Duration.ZERO);
        });
        assertEquals(
                java.util.stream.IntStream.range(0, 20).map(i -> 19 - i).boxed().toList(), log);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
