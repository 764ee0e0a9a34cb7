package jasyncio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@link CallbackRunner}s of a loop: one is active at a time, some are idle, and those that a callback blocks are left behind. */
final class CallbackRunners {
    /** More are needed only while callbacks block. */
    private static final int MAX_IDLE = 16;

    private final Kernel kernel;
    private final ArrayDeque<CallbackRunner> idle = new ArrayDeque<>();
    private final List<CallbackRunner> all = new ArrayList<>();
    private @Nullable CallbackRunner active;

    CallbackRunners(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Returns an idle runner, or a new one, and makes it the active one. */
    CallbackRunner activate() {
        CallbackRunner runner = idle.poll();
        if (runner == null) {
            runner = new CallbackRunner(kernel);
            all.add(runner);
        }
        active = runner;
        return runner;
    }

    void deactivate(CallbackRunner runner) {
        if (active == runner) {
            active = null;
        }
    }

    boolean active(CallbackRunner runner) {
        return active == runner;
    }

    /** Takes a runner back that has nothing to run; returns false if there are enough and it may end. */
    boolean idle(CallbackRunner runner) {
        deactivate(runner);
        if (idle.size() >= MAX_IDLE) {
            all.remove(runner);
            return false;
        }
        idle.push(runner);
        return true;
    }

    /** Returns all, also those left behind: for thread dumps, while the loop stands still. */
    List<CallbackRunner> all() {
        return List.copyOf(all);
    }

    void close() {
        if (!kernel.backend().parksBlockingCalls()) {
            idle.forEach(CallbackRunner::end); // the JVM keeps ordinary virtual threads that are parked
        }
        idle.clear();
    }
}
