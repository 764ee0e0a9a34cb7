package jasyncio.executor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A child JVM of a pool, as seen from the pool. One thread exchanges jobs for results; any may interrupt or kill. */
final class Child {
    /** How long a child may take to end by itself, shutdown hooks included, in seconds. */
    private static final int GRACE = 10;

    private final Process process;
    private final Wire wire;

    /** Its end is what the pool wants. */
    private volatile boolean dismissed;

    private Child(Process process, Wire wire) {
        this.process = process;
        this.wire = wire;
    }

    /** Starts a child and waits for its call. */
    static Child start(PoolOptions options) throws IOException {
        try (var handshake = new Handshake()) {
            Process process = new ProcessBuilder(ChildCommand.of(options.flags))
                    .redirectOutput(options.output)
                    .redirectError(
                            options.output.equals(ProcessBuilder.Redirect.INHERIT)
                                    ? ProcessBuilder.Redirect.INHERIT
                                    : options.output)
                    .start();
            var _ = process.onExit().thenRun(() -> close(handshake)); // one that dies first will not call
            try {
                handshake.introduce(process.getOutputStream());
                SocketChannel channel = handshake.accept();
                var wire = new Wire(channel);
                wire.send(Wire.SETUP, 0, options.setup().bytes());
                return new Child(process, wire);
            } catch (IOException e) {
                process.destroyForcibly();
                throw new StillbornException(process, e);
            }
        }
    }

    private static void close(Handshake handshake) {
        try {
            handshake.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A child that has died before it called. */
    static final class StillbornException extends IOException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // it never leaves this JVM
        final transient Process process;

        StillbornException(Process process, IOException cause) {
            super(cause);
            this.process = process;
        }
    }

    Wire wire() {
        return wire;
    }

    long pid() {
        return process.pid();
    }

    /** Tells whether the child is gone without having been dismissed. */
    boolean died() {
        return !dismissed && !process.isAlive();
    }

    /** Calls {@code action}, on some thread, when the child is gone without having been dismissed. */
    void ifItDies(Runnable action) {
        var _ = process.onExit().thenRun(() -> {
            if (!dismissed) {
                action.run();
            }
        });
    }

    void interrupt(long number) {
        try {
            var _ = wire.trySend(Wire.INTERRUPT, number);
        } catch (IOException e) {
            // It is gone, which is noticed elsewhere.
        }
    }

    /** Lets it end, and waits for that. */
    void dismiss() {
        dismissed = true;
        close();
        exitCodeOf(process);
    }

    /** Ends it at once. */
    void kill() {
        dismissed = true;
        process.destroyForcibly();
    }

    private void close() {
        try {
            wire.close();
        } catch (IOException e) {
            process.destroyForcibly();
        }
    }

    @Nullable
    Integer exitCode() {
        return exitCodeOf(process);
    }

    /** Waits for the end of a process that is about to end; kills it if it takes too long. Null if even that does not help. */
    static @Nullable Integer exitCodeOf(Process process) {
        boolean interrupted = false;
        try {
            for (int attempt = 0; attempt < 2; attempt++) {
                try {
                    if (process.waitFor(interrupted ? 1 : GRACE, TimeUnit.SECONDS)) {
                        return process.exitValue();
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                process.destroyForcibly();
            }
            return null;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
