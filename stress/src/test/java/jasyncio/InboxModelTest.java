package jasyncio;

import static org.junit.jupiter.api.Assertions.assertThrows;

import jasyncio.spi.Poller;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * Two threads hand an entry each to a loop that takes two: Lincheck runs the interleavings one by one, and none may end with an entry in the
 * inbox and the loop asleep.
 */
class InboxModelTest {
    private static final int INTERLEAVINGS = 2_000;

    @Test
    void entries_handedToALoopThatGoesToSleep_areTaken() throws Exception {
        check(Good.class);
    }

    @Test
    void entries_handedToALoopThatLooksTooEarly_areNotAllTaken() {
        assertThrows(LincheckAssertionError.class, () -> check(LooksTooEarly.class));
    }

    private static void check(Class<?> model) throws NoSuchMethodException {
        var add = new Actor(model.getMethod("add"), List.of());
        var take = new Actor(model.getMethod("take"), List.of());
        var scenario = new ExecutionScenario(
                List.of(), List.of(List.of(add), List.of(add), List.of(take, take)), List.of(), null);
        new ModelCheckingOptions()
                .iterations(0)
                .addCustomScenario(scenario)
                .invocationsPerIteration(INTERLEAVINGS)
                .sequentialSpecification(Always.class)
                .minimizeFailedScenario(false)
                .check(model);
    }

    /** What each operation returns, in whatever order. */
    public static final class Always {
        public void add() {}

        public boolean take() {
            return true;
        }
    }

    public static final class Good {
        private final Inbox inbox = new Inbox(new SpinningPoller());

        @Operation
        public void add() {
            inbox.add("entry");
        }

        @Operation
        public boolean take() {
            while (inbox.poll() == null) {
                inbox.sleep(-1);
            }
            return true;
        }
    }

    /** Breaks this: it looks for entries before it says that it sleeps, and not after. */
    public static final class LooksTooEarly {
        private final Queue<Object> entries = new ConcurrentLinkedQueue<>();
        private final Poller poller = new SpinningPoller();
        private volatile boolean awaited;

        @Operation
        public void add() {
            entries.add("entry");
            if (awaited) {
                poller.wakeup();
            }
        }

        @Operation
        public boolean take() {
            while (entries.poll() == null) {
                boolean empty = entries.isEmpty();
                awaited = true;
                poller.poll(empty ? -1 : 0);
                awaited = false;
            }
            return true;
        }
    }

    /** Sleeps by spinning: Lincheck takes a park for one that may end by itself, and would miss a sleep that nobody ends. */
    private static final class SpinningPoller implements Poller {
        private volatile boolean woken;

        @Override
        public void poll(long waitNanos) {
            if (waitNanos != 0) {
                while (!woken) {
                    Thread.onSpinWait();
                }
            }
            woken = false;
        }

        @Override
        public void wakeup() {
            woken = true;
        }

        @Override
        public void close() {}
    }
}
