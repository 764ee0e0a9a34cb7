package jasyncio;

import java.util.Arrays;
import java.util.Set;

/**
 * Stack traces as a reader wants them: where a failure was raised, then where it was awaited, without the machinery between.
 */
final class Traces {
    /** Enough to see the way of a failure; one that is awaited for ever must not grow for ever. */
    private static final int MAX_FRAMES = 500;

    /** The classes of this package whose frames are machinery, nested ones included. */
    private static final Set<String> MACHINERY = Set.of(
            "Asyncio", "AsCompleted", "AsyncIteration", "ActionBody", "Await", "Bridges", "CallbackRunner", "Context", "Coroutine", "EventLoop",
            "ExecutorJob", "ExitStack", "Future", "Gathering", "Handle", "Kernel", "LoopRuns", "LowLevel", "Rethrow", "Runner", "Shield", "SlowCallbacks", "Sleep", "Task", "TaskBuilder",
            "TaskGroup", "Timeout", "Traces", "Waiting");

    private static final Set<String> THREAD_METHODS = Set.of("getStackTrace", "runWith", "yield", "yield0");

    private Traces() {}

    /** Removes the machinery from the trace of a failure that is about to leave its task. Changes and returns {@code e}. */
    static <X extends Throwable> X trim(X e) {
        StackTraceElement[] frames = e.getStackTrace();
        StackTraceElement[] user = userFrames(frames);
        if (user.length < frames.length && user.length > 0) {
            e.setStackTrace(user);
        }
        return e;
    }

    /** The same for an error that the library has just created on behalf of the caller. */
    static <X extends Throwable> X here(X e) {
        return trim(e);
    }

    /** Appends the place where {@code task} awaits to the trace of a failure that it awaited. Changes and returns {@code e}. */
    static <X extends Throwable> X awaited(X e, Task<?> task) {
        return append(e, new StackTraceElement("jasyncio", "await", "by " + task.name(), -1));
    }

    /** Appends the place where the loop was run to the trace of the failure that ended it. Changes and returns {@code e}. */
    static <X extends Throwable> X ranFrom(X e) {
        return append(e, new StackTraceElement("jasyncio", "run", "from " + Thread.currentThread().getName(), -1));
    }

    private static <X extends Throwable> X append(X e, StackTraceElement border) {
        StackTraceElement[] raised = e.getStackTrace();
        if (raised.length > 0 && raised.length < MAX_FRAMES) {
            StackTraceElement[] here = userFrames(new Throwable().getStackTrace());
            var both = Arrays.copyOf(raised, raised.length + 1 + here.length);
            both[raised.length] = border;
            System.arraycopy(here, 0, both, raised.length + 1, here.length);
            e.setStackTrace(both);
        }
        return e;
    }

    static StackTraceElement[] userFrames(StackTraceElement[] frames) {
        return Arrays.stream(frames).filter(frame -> !isMachinery(frame)).toArray(StackTraceElement[]::new);
    }

    private static boolean isMachinery(StackTraceElement frame) {
        String name = frame.getClassName();
        if (name.startsWith("jasyncio.")) {
            if (name.startsWith("jasyncio.coroutine.")) {
                return true;
            }
            int nested = name.indexOf('$');
            return MACHINERY.contains(name.substring("jasyncio.".length(), nested < 0 ? name.length() : nested));
        }
        return name.startsWith("java.lang.VirtualThread")
                || name.startsWith("jdk.internal.vm.")
                || (name.equals("java.lang.Thread") && THREAD_METHODS.contains(frame.getMethodName()));
    }
}
