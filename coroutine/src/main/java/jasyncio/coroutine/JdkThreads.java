package jasyncio.coroutine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import jdk.internal.vm.ThreadContainer;
import org.jspecify.annotations.Nullable;

/** The four members of java.lang that a loop-scheduled coroutine needs, as method handles: the JIT folds them to plain accesses. */
final class JdkThreads {

    /** {@code Thread.Builder}'s flag for a thread that inherits no inheritable thread locals. */
    private static final int NO_INHERIT_THREAD_LOCALS = 1 << 2;

    private static final MethodHandle NEW;
    private static final MethodHandle START;
    private static final MethodHandle SCHEDULER;

    /** Where runnables go that are not a coroutine's own. */
    static final Executor DEFAULT_SCHEDULER;

    private JdkThreads() {}

    static {
        try {
            Class<?> type = Class.forName("java.lang.VirtualThread");
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            NEW = lookup.findConstructor(
                            type,
                            MethodType.methodType(void.class, Executor.class, String.class, int.class, Runnable.class))
                    .asType(MethodType.methodType(
                            Thread.class, Executor.class, String.class, int.class, Runnable.class));
            START = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
                    .findVirtual(Thread.class, "start", MethodType.methodType(void.class, ThreadContainer.class));
            SCHEDULER = lookup.findGetter(type, "scheduler", Executor.class)
                    .asType(MethodType.methodType(Executor.class, Thread.class));
            DEFAULT_SCHEDULER =
                    (Executor) lookup.findStatic(type, "defaultScheduler", MethodType.methodType(Executor.class))
                            .invoke();
        } catch (Throwable e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Creates a virtual thread that hands its steps to {@code scheduler}. */
    static Thread create(Executor scheduler, @Nullable String name, Runnable body) {
        try {
            return (Thread) NEW.invokeExact(scheduler, name, NO_INHERIT_THREAD_LOCALS, body);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void start(Thread thread, ThreadContainer container) {
        try {
            START.invokeExact(thread, container);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Returns the scheduler that a virtual thread was created with. The argument must be virtual. */
    static Executor schedulerOf(Thread virtual) {
        try {
            return (Executor) SCHEDULER.invokeExact(virtual);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException r ? r : new IllegalStateException(e);
    }
}
