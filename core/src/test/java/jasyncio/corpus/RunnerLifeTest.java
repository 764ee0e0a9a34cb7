package jasyncio.corpus;

import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.EventLoop;
import jasyncio.Runner;
import jasyncio.testing.VirtualLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunnerLifeTest {

    private static void assertClosed(Runner runner) {
        assertEquals(
                "Runner is closed; create another one, or close it after its last run",
                assertThrows(IllegalStateException.class, runner::loop).getMessage());
    }

    @Test
    void debug_notAskedForOrAskedFor_isTheLoops() {
        for (boolean debug : List.of(false, true)) {
            try (var runner = new Runner(o -> o.debug(debug))) {
                assertEquals(debug, runner.loop().debug());
                assertEquals(debug, runner.run(() -> runningLoop().debug()));
            }
        }
        assertFalse(run(() -> runningLoop().debug()));
    }

    @Test
    void loopFactory_isAskedOnceForAllRuns() {
        var made = new ArrayList<EventLoop>();
        try (var runner = new Runner(o -> o.loopFactory(() -> {
            made.add(new VirtualLoop().loop());
            return made.getLast();
        }))) {
            assertSame(runner.loop(), made.getFirst());
            assertSame(made.getFirst(), runner.run(() -> runningLoop()));
            assertSame(made.getFirst(), runner.run(() -> runningLoop()));
        }
        assertEquals(1, made.size());
        assertTrue(made.getFirst().closed());
    }

    @Test
    void run_thenClose_closesTheLoop() {
        EventLoop loop;
        var runner = new Runner();
        try (runner) {
            assertEquals("value", runner.run(() -> {
                sleep(ZERO);
                return "value";
            }));
            loop = runner.loop();
            assertFalse(loop.closed());
        }
        assertTrue(loop.closed());
        assertClosed(runner);
    }

    @Test
    void close_withoutARun_closesTheLoopAndMayBeRepeated() {
        var runner = new Runner();
        EventLoop loop = runner.loop();
        runner.close();
        assertTrue(loop.closed());
        assertClosed(runner);
        runner.close();
        assertTrue(loop.closed());
    }

    @Test
    void tryWithResources_aSecondTime_isRefused() {
        var seen = new ArrayList<Integer>();
        var runner = new Runner();
        try (runner) {
            runner.run(() -> {
                seen.add(1);
            });
        }
        var e = assertThrows(IllegalStateException.class, () -> {
            try (runner) {
                runner.run(() -> {
                    seen.add(2);
                });
            }
        });
        assertEquals("Runner is closed; create another one, or close it after its last run", e.getMessage());
        assertEquals(List.of(1), seen);
    }

    /** Counts how often it is asked for its text. */
    private static final class Result {
        private int asked;

        @Override
        public String toString() {
            asked++;
            return "result";
        }
    }

    @Test
    void run_doesNotAskItsResultForItsText() {
        try (var runner = new Runner()) {
            Result result = runner.run(Result::new);
            assertEquals(0, result.asked);
        }
    }
}
