package jasyncio.net;

import jasyncio.Context;
import jasyncio.EventLoop;
import jasyncio.net.netty.Bytes;
import jasyncio.net.netty.WireEvents;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a process writes, read by a thread of its own.
 *
 * <p>The JDK gives no file descriptor that a selector could wait for, and a task that reads such a pipe would block the loop. A platform
 * thread it is: on a virtual one the read would occupy one of the JDK's carriers. The thread is at most one piece ahead of the loop: it hands
 * over the next one when the last was taken and the reader has room, so that the pipe fills up and the process waits.
 *
 * <table>
 * <caption>Fields that both threads touch</caption>
 * <tr><th>field</th><th>written by</th><th>safe because</th></tr>
 * <tr><td>{@code started}, {@code reading}, {@code closed}</td><td>the loop</td><td>volatile; an unpark follows</td></tr>
 * <tr><td>{@code onItsWay}</td><td>the thread sets it, the loop clears it</td><td>volatile; an unpark follows</td></tr>
 * </table>
 */
final class PipeSource extends HeapLink {
    /** What the pipe of a Linux process holds. */
    private static final int PIECE = 64 * 1024;

    private final InputStream in;
    private @Nullable Thread thread;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private @Nullable WireEvents events;
    private boolean lost;

    private volatile boolean started;
    private volatile boolean reading;
    private volatile boolean closed;
    private volatile boolean onItsWay;

    /** @param thread the one that will call {@link #pump}; null for a new one */
    PipeSource(EventLoop loop, InputStream in, @Nullable Thread thread) {
        super(loop);
        this.in = in;
        this.thread = thread;
    }

    /** Completes when the thread has handed over the end. */
    CompletableFuture<@Nullable Void> ended() {
        return ended;
    }

    @Override
    public void start(WireEvents events) {
        this.events = events;
        reading = true;
        started = true;
        Thread running = thread;
        if (running == null) {
            thread = Thread.ofPlatform()
                    .daemon()
                    .inheritInheritableThreadLocals(false)
                    .name("errors of a process")
                    .start(this::pump);
        } else {
            LockSupport.unpark(running);
        }
    }

    /** Lets the thread end; nobody has called {@link #start}. */
    void giveUp() {
        closed = true;
        lost = true;
        LockSupport.unpark(thread);
    }

    // ---- on the thread

    /**
     * Reads to the end.
     *
     * <p>When the process ends, the JDK's reaper takes what the pipe holds at that moment and closes it, under the monitor of the stream: first of
     * stdout, then of stderr. It has to wait, because a child that the process leaves behind may go on writing. So whoever reads holds the monitor all the time.
     */
    void pump() {
        try {
            IOException failure = read();
            while (!started && !closed) { // it ended before anybody could be told
                LockSupport.park(this);
            }
            loop.callSoonThreadsafe(() -> end(failure), Context.empty());
        } catch (IllegalStateException e) {
            // The loop is closed: nobody is left to be told.
        } finally {
            ended.complete(null);
        }
    }

    private @Nullable IOException read() {
        synchronized (in) {
            try (in) {
                byte[] buffer = new byte[PIECE];
                int length;
                while (!closed && (length = in.read(buffer)) >= 0 && awaitTurn()) {
                    Bytes piece = Bytes.wrap(Arrays.copyOf(buffer, length));
                    onItsWay = true;
                    loop.callSoonThreadsafe(() -> deliver(piece), Context.empty());
                }
                return null;
            } catch (IOException e) {
                return e;
            }
        }
    }

    private boolean awaitTurn() {
        while ((!reading || onItsWay) && !closed) {
            LockSupport.park(this);
        }
        return !closed;
    }

    // ---- on the loop

    private void deliver(Bytes piece) {
        if (!lost) {
            Objects.requireNonNull(events).received(piece);
        }
        onItsWay = false;
        LockSupport.unpark(thread);
    }

    private void end(@Nullable IOException failure) {
        if (!lost) {
            lost = true;
            Objects.requireNonNull(events).lost(failure);
        }
    }

    @Override
    public void setReading(boolean reading) {
        this.reading = reading;
        LockSupport.unpark(thread);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            LockSupport.unpark(thread);
            loop.callSoon(() -> end(null), Context.empty());
        }
    }

    /** Reads no more. A read that the thread is in goes on until something comes or every writer is gone. */
    @Override
    public void abort() {
        close();
    }

    // ---- nothing can be sent here

    @Override
    public void write(Bytes data) {
        throw new UnsupportedOperationException("Cannot write to the output of a process (please report)");
    }

    @Override
    public long unsent() {
        return 0;
    }

    @Override
    public void setWaterMarks(int low, int high) {}

    @Override
    public void end() {}
}
