package jasyncio.generator;

import jasyncio.LowLevel;
import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/** Reports, in debug mode, generators that were dropped half-way. */
final class AbandonedGenerators {
    private static final System.Logger LOGGER = System.getLogger("jasyncio");

    private AbandonedGenerators() {}

    /** Watches a generator that was just created; null if nobody is debugging. */
    static @Nullable Watch watch(Frame<?, ?> frame) {
        if (!LowLevel.debugging()) {
            return null;
        }
        var watch = new Watch(frame.description());
        Reporter.CLEANER.register(frame, watch);
        return watch;
    }

    /** Starts its thread with the first generator that is watched. */
    private static final class Reporter {
        static final Cleaner CLEANER = Cleaner.create();
    }

    /** What outlives the generator. */
    static final class Watch implements Runnable {
        private final String description;
        private final Throwable created = new Throwable("It was created here");

        /** Written by the generator's thread, read when that generator is garbage. */
        private boolean suspended;

        private Watch(String description) {
            this.description = description;
        }

        void started() {
            suspended = true;
        }

        void ended() {
            suspended = false;
        }

        @Override
        public void run() {
            if (suspended) {
                LOGGER.log(
                        Level.WARNING,
                        "generator '" + description
                                + "' was dropped half-way, so its finally blocks never run; close() it,"
                                + " as try-with-resources does",
                        created);
            }
        }
    }
}
