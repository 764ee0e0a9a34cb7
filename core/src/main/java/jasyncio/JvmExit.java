package jasyncio;

import jasyncio.coroutine.CoroutineThread;
import java.util.Arrays;

/**
 * Lets a coroutine that called {@link System#exit} go on although its loop runs no more.
 *
 * <p>It waits in there for the shutdown hooks, and a hook may well end the loop. With nobody to run it then, it could not halt the JVM, and
 * nothing else could either, not even SIGTERM: it holds the lock of {@code java.lang.Shutdown}. What is left of its stack is the JDK's
 * code only, so it may run on any thread.
 */
final class JvmExit {
    /** Not registered: the JVM's answer to its removal tells whether the hooks have been started. */
    private static final Thread NO_HOOK = Thread.ofPlatform().unstarted(() -> {});

    private JvmExit() {}

    /** Resumes {@code blocked} on a spare thread if it is the one that ends the JVM. Thread-safe. */
    static void goOn(CoroutineThread blocked) {
        Thread thread = blocked.thread();
        if (thread != null && hooksRun() && !Spare.isLooking()) {
            new Spare(blocked, thread).start();
        }
    }

    private static boolean hooksRun() {
        try {
            Runtime.getRuntime().removeShutdownHook(NO_HOOK);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private static final class Spare extends Thread {
        private final CoroutineThread blocked;
        private final Thread thread;

        /** Whether this thread takes the stack, at whose end the JDK tells once more that the coroutine can go on. */
        private boolean looking;

        private Spare(CoroutineThread blocked, Thread thread) {
            super("jasyncio-exit");
            setDaemon(true);
            this.blocked = blocked;
            this.thread = thread;
        }

        static boolean isLooking() {
            return Thread.currentThread() instanceof Spare spare && spare.looking;
        }

        @Override
        public void run() {
            looking = true;
            boolean exits = Arrays.stream(thread.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown"));
            looking = false;
            if (exits) {
                blocked.resume();
            }
        }
    }
}
