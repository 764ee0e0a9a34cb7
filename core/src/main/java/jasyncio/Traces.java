package jasyncio;

import java.security.CodeSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stack traces as a reader wants them: where a failure was raised, then where it was awaited, without the machinery between.
 */
final class Traces {
    /** Enough to see the way of a failure; one that is awaited for ever must not grow for ever. */
    private static final int MAX_FRAMES = 500;

    /**
     * Whether a class of package jasyncio is the library's own and no test's or user's, by name: asked once for each class. Replaced, never
     * modified: a task that fails must not meet a lock here that the thread of another loop holds, or it would be parked and come too late.
     */
    private static volatile Map<String, Boolean> ours = Map.of();

    private static final Set<String> THREAD_METHODS = Set.of("getStackTrace", "runWith", "yield", "yield0");

    private Traces() {}

    /** Removes the machinery from the trace of a failure that is about to leave its task. Changes and returns {@code e}. */
    static <X extends Throwable> X trim(X e) {
        try {
            StackTraceElement[] frames = e.getStackTrace();
            StackTraceElement[] user = userFrames(frames);
            if (user.length < frames.length && user.length > 0) {
                e.setStackTrace(user);
            }
            for (Throwable suppressed : e.getSuppressed()) {
                trimOnce(suppressed);
            }
        } catch (RuntimeException | Error odd) {
            // An exception class with a getStackTrace of its own keeps what it has: the failure itself must arrive.
        }
        return e;
    }

    /** Trims a suppressed exception, and none behind it: there may be a cycle. */
    private static void trimOnce(Throwable e) {
        StackTraceElement[] user = userFrames(e.getStackTrace());
        if (user.length > 0) {
            e.setStackTrace(user);
        }
    }

    /** The same for an error that the library has just created on behalf of the caller. */
    static <X extends Throwable> X here(X e) {
        return trim(e);
    }

    /** Appends the place where {@code task} awaits to the trace of a failure that it awaited. Changes and returns {@code e}. */
    static <X extends Throwable> X awaited(X e, Task<?> task) {
        return append(e, new StackTraceElement("jasyncio", "await", "by " + task.name(), -1));
    }

    /** Appends the place where the caller asks for the outcome to the trace of a cancellation. Changes and returns {@code e}. */
    static CancelledError read(CancelledError e) {
        Task<?> task = Await.taskOrNull();
        String by = task == null ? Thread.currentThread().getName() : task.name();
        return append(e, new StackTraceElement("jasyncio", "read", "by " + by, -1));
    }

    /** Appends the place where the loop was run to the trace of the failure that ended it. Changes and returns {@code e}. */
    static <X extends Throwable> X ranFrom(X e) {
        return append(
                e,
                new StackTraceElement(
                        "jasyncio", "run", "from " + Thread.currentThread().getName(), -1));
    }

    private static <X extends Throwable> X append(X e, StackTraceElement border) {
        try {
            StackTraceElement[] raised = e.getStackTrace();
            if (raised.length > 0 && raised.length < MAX_FRAMES) {
                StackTraceElement[] here = userFrames(new Throwable().getStackTrace());
                if (endsWith(raised, here)) {
                    return e; // it was raised by this very await, or awaited here before
                }
                var both = Arrays.copyOf(raised, raised.length + 1 + here.length);
                both[raised.length] = border;
                System.arraycopy(here, 0, both, raised.length + 1, here.length);
                e.setStackTrace(both);
            }
        } catch (RuntimeException | Error odd) {
            // as in trim
        }
        return e;
    }

    private static boolean endsWith(StackTraceElement[] frames, StackTraceElement[] end) {
        int start = frames.length - end.length;
        return start >= 0 && Arrays.equals(frames, start, frames.length, end, 0, end.length);
    }

    static StackTraceElement[] userFrames(StackTraceElement[] frames) {
        return Arrays.stream(frames)
                .skip(framesOfSuspension(frames))
                .filter(frame -> !isMachinery(frame))
                .toArray(StackTraceElement[]::new);
    }

    /** How many frames on top are the JDK's way of parking a coroutine that has suspended itself. */
    private static int framesOfSuspension(StackTraceElement[] frames) {
        for (int i = 0; i < frames.length; i++) {
            if (frames[i].getMethodName().equals("suspend")
                    && frames[i].getClassName().startsWith("jasyncio.coroutine.")) {
                return i;
            }
        }
        return 0;
    }

    private static boolean learn(String className) {
        boolean answer = isOurs(className);
        var more = new HashMap<>(ours);
        more.put(className, answer);
        ours = more; // what another thread has learned meanwhile is asked again
        return answer;
    }

    private static boolean isOurs(String className) {
        try {
            Class<?> type = Class.forName(className, false, Traces.class.getClassLoader());
            return type.getPackageName().equals("jasyncio.coroutine")
                    || Objects.equals(source(type), source(Traces.class));
        } catch (ClassNotFoundException | LinkageError e) {
            return className.contains("$$Lambda"); // hidden classes cannot be found by name
        }
    }

    private static @Nullable CodeSource source(Class<?> type) {
        return type.getProtectionDomain().getCodeSource();
    }

    private static boolean isMachinery(StackTraceElement frame) {
        String name = frame.getClassName();
        if (name.startsWith("jasyncio.")) {
            Boolean known = ours.get(name);
            return known == null ? learn(name) : known;
        }
        return name.startsWith("java.lang.VirtualThread")
                || name.startsWith("jdk.internal.vm.")
                || (name.equals("java.lang.Thread") && THREAD_METHODS.contains(frame.getMethodName()));
    }
}
