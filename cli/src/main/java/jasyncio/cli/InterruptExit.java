package jasyncio.cli;

import jasyncio.KeyboardInterrupt;

/**
 * Ends a program whose {@code main} is left by a {@link KeyboardInterrupt} the way a shell expects of an interrupted one:
 * exit code 130, no stack trace.
 *
 * <p>It is a Java agent, so the JVM itself launches the program: every form of {@code main} works, and stack traces look
 * as if {@code java} had been typed. Only the main thread is touched; whatever else leaves {@code main} is reported as
 * always.
 */
public final class InterruptExit {
    /** 128 + SIGINT. */
    private static final int INTERRUPTED = 130;

    private InterruptExit() {}

    /**
     * Called by the JVM on the main thread, before the program's {@code main}.
     *
     * @param ignored the agent's options: there are none
     */
    public static void premain(String ignored) {
        Thread.currentThread().setUncaughtExceptionHandler(InterruptExit::leave);
    }

    private static void leave(Thread main, Throwable thrown) {
        if (thrown instanceof KeyboardInterrupt) {
            System.exit(INTERRUPTED);
        }
        reportAsAlways(main, thrown);
    }

    /** The thread's group prints the trace, or asks the default handler if the program has set one. */
    private static void reportAsAlways(Thread main, Throwable thrown) {
        ThreadGroup group = main.getThreadGroup();
        if (group != null) {
            group.uncaughtException(main, thrown);
        }
    }
}
