package jasyncio.net;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.EventLoop;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Starts a process on a thread, since the JDK waits there until the program is loaded. The thread goes on as the one that reads the first of the
 * outputs, because it has to be there at once: see {@link PipeSource#pump}.
 *
 * <p>Decided once, by who completes {@code started}: the thread that hands the process over, or the loop that wants it no more.
 */
final class Launch {
    private final EventLoop loop;
    private final ProcessBuilder builder;
    private final Pipes pipes;
    private final CompletableFuture<Started> started = new CompletableFuture<>();

    private Launch(EventLoop loop, ProcessBuilder builder) {
        this.loop = loop;
        this.builder = builder;
        this.pipes = Pipes.of(builder);
    }

    /** Which of the three are pipes, and not redirected. */
    record Pipes(boolean in, boolean out, boolean error) {
        static Pipes of(ProcessBuilder builder) {
            return new Pipes(
                    builder.redirectInput() == Redirect.PIPE,
                    builder.redirectOutput() == Redirect.PIPE,
                    builder.redirectError() == Redirect.PIPE && !builder.redirectErrorStream());
        }
    }

    /** A process and who reads its outputs, each null if that is redirected. */
    record Started(
            Process process,
            Pipes pipes,
            @Nullable PipeSource out,
            @Nullable PipeSource error) {}

    /** Suspends; cancellable: a process that was started nevertheless is killed; for a task of the loop. */
    static Started start(EventLoop loop, ProcessBuilder builder) throws IOException {
        check(builder.command());
        var launch = new Launch(loop, builder);
        Thread.ofPlatform()
                .daemon()
                .inheritInheritableThreadLocals(false)
                .name("start of a process")
                .start(launch::startHere);
        try {
            return Asyncio.await(Asyncio.wrapFuture(launch.started), IOException.class);
        } catch (CancelledError e) {
            launch.giveUp();
            throw e;
        }
    }

    private static void check(List<? extends @Nullable String> command) {
        if (command.isEmpty()) {
            throw new IllegalArgumentException(
                    "No program to start: the command is empty; give a program's name first");
        }
        for (String part : command) { // a list may refuse to look for null
            Objects.requireNonNull(part, () -> "A part of the command is null: " + command);
        }
    }

    private void startHere() {
        Process process;
        try {
            process = builder.start();
        } catch (Throwable e) { // whoever waits is told of all of them
            started.completeExceptionally(e);
            return;
        }
        synchronized (pipes.out ? process.getInputStream() : process.getErrorStream()) {
            handOver(process);
        }
    }

    private void handOver(Process process) {
        Thread here = Thread.currentThread();
        here.setName("output of process " + process.pid());
        var out = pipes.out ? new PipeSource(loop, process.getInputStream(), here) : null;
        var error = pipes.error ? new PipeSource(loop, process.getErrorStream(), out == null ? here : null) : null;
        PipeSource mine = out == null ? error : out;
        if (!started.complete(new Started(process, pipes, out, error))) {
            process.destroyForcibly();
        } else if (mine != null) {
            mine.pump();
        }
    }

    private void giveUp() {
        if (!started.cancel(true) && !started.isCompletedExceptionally()) {
            Started unwanted = started.join();
            boolean _ = unwanted.process.toHandle().destroyForcibly();
            if (unwanted.out != null) {
                unwanted.out.giveUp();
            }
            if (unwanted.error != null) {
                unwanted.error.giveUp();
            }
        }
    }
}
