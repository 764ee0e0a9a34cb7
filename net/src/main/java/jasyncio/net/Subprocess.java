package jasyncio.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.LowLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A process that was started by a task, with its pipes as streams.
 *
 * {@snippet :
 * try (var p = createSubprocessExec("sort")) {
 *     var output = p.communicate("b\na\n".getBytes(UTF_8));
 *     print(new String(output.stdout(), UTF_8));
 * }
 * }
 *
 * <p>A resource: {@link #close()} kills the process if it still runs, so that a task that is cancelled or fails leaves no process behind. Not
 * so its children, see {@link #handle()}.
 *
 * <p>Who reads {@link #stdout()} and {@link #stderr()} by hand must read both, or redirect one: a process waits while a pipe is full. {@link
 * #communicate} does it right.
 *
 * <p>All methods are for tasks and callbacks of the loop.
 */
public final class Subprocess implements AutoCloseable {

    /**
     * What a process has written; empty for what was redirected.
     *
     * @param stdout its standard output
     * @param stderr its standard error
     */
    @SuppressWarnings("ArrayRecordComponent") // the bytes are the caller's
    public record Output(byte[] stdout, byte[] stderr) {}

    private final Process process;
    private final Future<Integer> exited;
    private final @Nullable PipeSink input;
    private final @Nullable StreamWriter stdin;
    private final @Nullable OutputPipe stdout;
    private final @Nullable OutputPipe stderr;
    private boolean communicating;

    private Subprocess(EventLoop loop, Launch.Started started, int limit) {
        this.process = started.process();
        this.input = started.pipes().in()
                ? new PipeSink(loop, process.getOutputStream(), "input of process " + process.pid())
                : null;
        this.stdin =
                input == null ? null : StreamEvents.open(loop, input, limit).writer();
        this.stdout = OutputPipe.open(started.out(), limit);
        this.stderr = OutputPipe.open(started.error(), limit);
        this.exited = Asyncio.wrapFuture(process.onExit().thenApply(Process::exitValue));
        exited.addDoneCallback(_ -> {
            if (input != null) {
                input.processEnded();
            }
        });
    }

    /** A pipe that is read, and what an unfinished {@link #communicate} has read of it. */
    private static final class OutputPipe {
        final PipeSource source;
        final StreamReader reader;
        private final ByteArrayOutputStream collected = new ByteArrayOutputStream();

        static @Nullable OutputPipe open(@Nullable PipeSource source, int limit) {
            return source == null ? null : new OutputPipe(source, limit);
        }

        private OutputPipe(PipeSource source, int limit) {
            this.source = source;
            this.reader = StreamEvents.open(source.loop, source, limit).reader();
            Future<?> _ = Asyncio.<@Nullable Void>wrapFuture(
                    source.ended()); // a clock that is not the machine's stands still until then
        }

        void collect() throws IOException {
            do {
                collected.writeBytes(reader.read(Integer.MAX_VALUE));
            } while (!reader.atEof());
        }

        byte[] takeCollected() {
            byte[] all = collected.toByteArray();
            collected.reset();
            return all;
        }

        void close() {
            source.abort();
            reader.discard();
        }
    }

    static Subprocess start(ProcessBuilder builder, int limit) throws IOException {
        StreamReader.checkLimit(limit);
        EventLoop loop = Asyncio.runningLoop();
        return new Subprocess(loop, Launch.start(loop, builder), limit);
    }

    // ---- pipes

    /**
     * Returns what the process reads. Never suspends.
     *
     * @throws IllegalStateException if it is redirected
     */
    public StreamWriter stdin() {
        return open(stdin, "stdin");
    }

    /**
     * Returns what the process writes. Never suspends.
     *
     * @throws IllegalStateException if it is redirected
     */
    public StreamReader stdout() {
        return open(stdout, "stdout").reader;
    }

    /**
     * Returns what the process writes to its standard error. Never suspends.
     *
     * @throws IllegalStateException if it is redirected
     */
    public StreamReader stderr() {
        return open(stderr, "stderr").reader;
    }

    private <T> T open(@Nullable T pipe, String name) {
        if (pipe == null) {
            throw new IllegalStateException("There is no " + name + " to use: " + this
                    + " was started with it redirected; let the ProcessBuilder leave it at Redirect.PIPE");
        }
        return pipe;
    }

    // ---- the process

    /** Returns its number in the operating system. Never suspends. */
    public long pid() {
        return process.pid();
    }

    /** Returns the JDK's view of the process: its children, its command, its CPU time. Never suspends. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /**
     * Returns the exit code, or nothing while the loop has not heard of the end. Never suspends.
     *
     * <p>One that was ended by the signal <i>n</i> has 128 + <i>n</i>, as in a shell: the JDK does not tell it from a program that returns
     * that number.
     */
    public OptionalInt exitCode() {
        return exited.done() ? OptionalInt.of(exited.result()) : OptionalInt.empty();
    }

    /**
     * Waits until the process has ended, and returns its {@link #exitCode()}. A child of the process that lives on and holds its pipes is not
     * waited for. Suspends; cancellable: the process goes on; for a task of the loop.
     *
     * <p>What such a child writes later can still be read, unless the process ended as soon as it began: then the JDK may have closed the pipes
     * before anybody could read them, after taking what was in them.
     *
     * <p>A process that writes more than the pipes and the readers hold never ends unless somebody reads; {@link #communicate} does.
     */
    public int await() {
        return Asyncio.await(Asyncio.shield(exited));
    }

    /** As {@link #communicate(byte[])}, without input. */
    public Output communicate() throws IOException {
        return communicate(null);
    }

    /**
     * Sends {@code input}, closes stdin, reads what the process writes to the end, and waits until it has ended. That the process does not
     * read its input is no failure.
     *
     * <p>Suspends; cancellable: the process goes on, and nothing is lost: another {@code communicate()} goes on where this one was. For a task of the loop.
     *
     * @param input null for none
     * @throws IOException if reading fails
     * @throws IllegalStateException if another task communicates, or there is input and stdin is redirected
     */
    public Output communicate(byte @Nullable [] input) throws IOException {
        if (communicating) {
            throw new IllegalStateException("Another task communicates with " + this + " already; let one do it");
        }
        communicating = true;
        try {
            if (input != null) {
                stdin().write(input);
            }
            Asyncio.await(
                    Asyncio.gather(this::finishInput, () -> collect(stdout), () -> collect(stderr)), IOException.class);
            await();
        } finally {
            communicating = false;
        }
        return new Output(collected(stdout), collected(stderr));
    }

    private void finishInput() {
        if (stdin != null) {
            try {
                stdin.drain();
            } catch (IOException e) {
                return; // it needs no more
            }
            stdin.startClosing();
        }
    }

    private static void collect(@Nullable OutputPipe pipe) throws IOException {
        if (pipe != null) {
            pipe.collect();
        }
    }

    private static byte[] collected(@Nullable OutputPipe pipe) {
        return pipe == null ? new byte[0] : pipe.takeCollected();
    }

    // ---- ending it

    /** Asks the process to end: SIGTERM; on Windows it is killed. Does nothing if it has ended. Never suspends. */
    public void terminate() {
        if (process.isAlive()) {
            boolean _ = process.toHandle().destroy(); // Process.destroy() would close the pipes as well
        }
    }

    /** Ends the process: SIGKILL. Does nothing if it has ended. Never suspends. */
    public void kill() {
        if (process.isAlive()) {
            boolean _ = process.toHandle().destroyForcibly();
        }
    }

    /**
     * Sends a signal, such as {@code "INT"} or {@code "HUP"}, by the shell's {@code kill}, since the JDK can send only the two of {@link
     * #terminate()} and {@link #kill()}. Does nothing if the process has ended. Suspends; cancellable; for a task of the loop.
     *
     * @throws IOException if there is no such signal, or no shell
     */
    public void sendSignal(String signal) throws IOException {
        if (!process.isAlive()) {
            return;
        }
        String name = signal.startsWith("SIG") ? signal.substring(3) : signal;
        String pid = Long.toString(pid());
        var builder = new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", name, pid);
        try (var kill = start(builder, StreamReader.DEFAULT_LIMIT)) {
            String complaint = new String(kill.communicate().stderr(), UTF_8).strip();
            if (kill.await() != 0 && process.isAlive()) {
                throw new IOException("Cannot send the signal '" + signal + "' to " + this + ": " + complaint);
            }
        }
    }

    /**
     * Kills the process if it still runs, waits for its end, and closes the pipes. Suspends; not cancellable: a cancellation is left to the
     * next await. For a task of the loop.
     */
    @Override
    public void close() {
        kill();
        if (stdin != null) {
            stdin.abort();
        }
        if (stdout != null) {
            stdout.close();
        }
        if (stderr != null) {
            stderr.close();
        }
        LowLevel.closing(this::awaitEnd);
    }

    /** A process that was killed ends at once, so a cancellation can wait. */
    private void awaitEnd() {
        CancelledError cancelled = null;
        while (!exited.done()) {
            try {
                await();
            } catch (CancelledError e) {
                cancelled = e;
            }
        }
        if (cancelled != null) {
            throw cancelled;
        }
    }

    @Override
    public String toString() {
        return "<Subprocess " + pid() + (exited.done() ? " exit code " + exited.result() : " running") + ">";
    }
}
