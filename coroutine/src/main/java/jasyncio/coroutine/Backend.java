package jasyncio.coroutine;

import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One of two ways to make a coroutine of a virtual thread, chosen once per JVM.
 *
 * <p>{@code -Djasyncio.backend=loop} or {@code portable} forces one; otherwise the fast one is taken if the JVM was started with
 * {@link #FLAGS}, and one log line says so if it was not.
 */
public abstract sealed class Backend permits ScheduledBackend, PortableBackend {

    /** The JVM flags that the fast backend needs when jasyncio is on the class path. */
    public static final String FLAGS =
            "--add-opens java.base/java.lang=ALL-UNNAMED --add-exports java.base/jdk.internal.vm=ALL-UNNAMED";

    /** The same when jasyncio is on the module path. */
    public static final String MODULE_FLAGS =
            "--add-opens java.base/java.lang=jasyncio.coroutine --add-exports java.base/jdk.internal.vm=jasyncio.coroutine";

    /** What was wrong with the wish for a backend, or null; thrown when a loop is created. */
    private static @Nullable String refused;

    /** Static and final, so that the JIT sees one implementation. */
    static final Backend CHOSEN = choose(System.getProperty("jasyncio.backend"));

    /**
     * Returns this JVM's backend.
     *
     * @throws IllegalStateException if {@code -Djasyncio.backend} names none, or one that this JVM cannot run
     */
    public static Backend chosen() {
        if (refused != null) {
            throw new IllegalStateException(refused);
        }
        return CHOSEN;
    }

    /** Returns {@code loop} or {@code portable}. */
    public abstract String name();

    /** Tells whether a blocking JDK call in a coroutine blocks that coroutine only. */
    public abstract boolean parksBlockingCalls();

    /**
     * Runs a loop to its end, on the thread this backend wants loops to run on: the caller's if that will do, else one of its own that the
     * caller waits for. Interrupts of the caller meanwhile go to that thread.
     *
     * @param end completed by this method with the loop's end; if somebody else fails it first, a caller that waits stops waiting and
     *     throws that failure
     */
    public abstract void runLoop(String name, Runnable loop, CompletableFuture<@Nullable Void> end);

    /** Creates a coroutine without starting it; the first {@link CoroutineThread#step()} does. */
    public abstract CoroutineThread newThread(Host host, Object owner, Group group);

    /** Creates the group that the threads of a loop are listed under in thread dumps. */
    public abstract Group newGroup(String name, Supplier<Stream<Thread>> threads);

    abstract @Nullable CoroutineThread current();

    abstract OneShotContinuation newContinuation(OneShotContinuation.Scope scope, String kind, Runnable body);

    abstract void yieldContinuation(OneShotContinuation.Scope scope);

    abstract Thread bottomOfContinuations();

    /** The threads of one loop, as thread dumps list them. */
    public interface Group extends AutoCloseable {
        @Override
        void close();
    }

    private static Backend choose(@Nullable String wanted) {
        if ("portable".equals(wanted)) {
            return new PortableBackend();
        }
        if (wanted != null && !"loop".equals(wanted)) {
            refused = "Unknown backend '" + wanted + "'; -Djasyncio.backend takes 'loop' or 'portable'";
            return new PortableBackend();
        }
        try {
            return new ScheduledBackend();
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            if (wanted == null) {
                System.getLogger("jasyncio")
                        .log(
                                Level.INFO,
                                "jasyncio runs on its portable backend: slower, and a blocking call blocks"
                                        + " the loop; start java with " + flags() + " for the fast one");
            } else {
                refused = "Cannot use the backend 'loop' (" + e + "); start java with " + flags();
            }
            return new PortableBackend();
        }
    }

    private static String flags() {
        return Backend.class.getModule().isNamed() ? MODULE_FLAGS : FLAGS;
    }
}
