package jasyncio;

import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandleTest {

    @Test
    void cancel_beforeItRuns_skipsTheCallback() {
        virtually(v -> {
            var handle = v.loop().callSoon(() -> v.log("cancelled"));
            v.loop().callSoon(() -> v.log("kept"));
            assertFalse(handle.cancelled());
            handle.cancel();
            handle.cancel();
            assertTrue(handle.cancelled());
            sleep(ZERO);
            assertEquals(List.of("kept"), v.log());
        });
    }

    @Test
    void cancel_fromACallbackOfTheSameIteration_skipsTheCallback() {
        virtually(v -> {
            var handles = new ArrayList<Handle>();
            v.loop().callSoon(() -> handles.getFirst().cancel());
            handles.add(v.loop().callSoon(() -> v.log("cancelled")));
            sleep(ZERO);
            assertEquals(List.of(), v.log());
        });
    }

    @Test
    void cancel_afterItRan_changesNothing() {
        virtually(v -> {
            var handle = v.loop().callSoon(() -> v.log("ran"));
            sleep(ZERO);
            assertFalse(handle.cancelled());
            handle.cancel();
            assertEquals(List.of("ran"), v.log());
        });
    }

    @Test
    void context_ofAHandle_isWhereItsCallbackRuns() {
        virtually(v -> {
            var user = new ContextVar<String>("user");
            var chosen = Context.empty();
            chosen.run(() -> {
                var _ = user.set("ada");
            });
            var handle = v.loop().callSoon(() -> v.log(user.get()), chosen);
            assertSame(chosen, handle.context());
            sleep(ZERO);
            assertEquals(List.of("ada"), v.log());
        });
    }

    @Test
    void when_ofATimerHandle_isItsMoment() {
        virtually(v -> {
            sleep(ofSeconds(1));
            var later = v.loop().callLater(ofMillis(1500), () -> v.log("later"));
            var at = v.loop().callAt(Instant.EPOCH.plusSeconds(3), () -> v.log("at"));
            assertEquals(Instant.EPOCH.plusMillis(2500), later.when());
            assertEquals(Instant.EPOCH.plusSeconds(3), at.when());
            sleep(ofSeconds(5));
            assertEquals(List.of("later", "at"), v.log());
        });
    }

    @Test
    void cancel_ofATimer_takesItOffTheClock() {
        virtually(v -> {
            var timer = v.loop().callLater(ofSeconds(100), () -> v.log("late"));
            timer.cancel();
            timer.cancel();
            assertTrue(timer.cancelled());
            assertEquals(-1, v.untilIdle());
        });
    }

    @Test
    void cancel_ofMostOfManyTimers_keepsTheOthersInOrder() {
        virtually(v -> {
            var timers = new ArrayList<TimerHandle>();
            for (int i = 0; i < 1000; i++) {
                int n = (i * 7919) % 1000;
                timers.add(v.loop().callLater(ofMillis(n), () -> v.log(n)));
            }
            timers.stream()
                    .filter(timer -> timer.when().toEpochMilli() % 100 != 0)
                    .forEach(Handle::cancel);
            sleep(ofSeconds(2));
            assertEquals(List.of("0", "100", "200", "300", "400", "500", "600", "700", "800", "900"), v.log());
        });
    }
}
