package jasyncio.blocking;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A call that blocks, and what other tasks do about it. Made in the task that releases it. */
abstract class Scene implements Closeable {
    /** What the call throws when it is interrupted, or null if it cannot be. */
    final @Nullable Class<? extends Throwable> interruptedBy;

    Scene(@Nullable Class<? extends Throwable> interruptedBy) {
        this.interruptedBy = interruptedBy;
    }

    /** Blocks until {@link #release}. */
    abstract void block() throws Exception;

    abstract void release() throws Exception;

    @Override
    public void close() throws IOException {}

    boolean interruptible() {
        return interruptedBy != null;
    }

    interface Step {
        void run() throws Exception;
    }

    /** A scene of two steps. */
    static Scene of(@Nullable Class<? extends Throwable> interruptedBy, Step block, Step release) {
        return of(interruptedBy, block, release, () -> {});
    }

    static Scene of(@Nullable Class<? extends Throwable> interruptedBy, Step block, Step release, Closeable end) {
        return new Scene(interruptedBy) {
            private boolean released;

            @Override
            void block() throws Exception {
                block.run();
            }

            @Override
            void release() throws Exception {
                released = true;
                release.run();
            }

            @Override
            public void close() throws IOException {
                if (!released && !interruptible()) {
                    releaseAfterAll();
                }
                end.close();
            }

            // A test that has failed must not wait for ever for a task that cannot be interrupted.
            private void releaseAfterAll() throws IOException {
                try {
                    release();
                } catch (Exception e) {
                    throw new IOException("The scene cannot be released", e);
                }
            }
        };
    }

    /** A row of the table: the call's name and how to set it up. */
    record Row(String call, Callable<Scene> scene) {}
}
