package jasyncio.net;

import jasyncio.Context;
import jasyncio.EventLoop;
import jasyncio.net.netty.Bytes;
import jasyncio.net.netty.Settings;
import jasyncio.net.netty.WireEvents;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a process reads, written by a thread of its own, which is started by the first write; see {@link PipeSource} for why.
 *
 * <table>
 * <caption>Fields that both threads touch</caption>
 * <tr><th>field</th><th>written by</th><th>safe because</th></tr>
 * <tr><td>{@code queue}</td><td>the loop adds, the thread takes</td><td>concurrent; an unpark follows each addition</td></tr>
 * <tr><td>{@code sent}</td><td>the thread adds, the loop sets to 0</td><td>atomic; who makes it positive posts the callback that reads it</td></tr>
 * <tr><td>{@code closing}, {@code aborted}</td><td>the loop</td><td>volatile; an unpark follows</td></tr>
 * </table>
 */
final class PipeSink extends HeapLink {
    private final OutputStream out;
    private final String name;
    private @Nullable WireEvents events;
    private @Nullable Thread thread;
    private long unsent;
    private int low = Settings.LOW_WATER;
    private boolean lost;

    private final Queue<Bytes> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean closing;
    private volatile boolean aborted;

    PipeSink(EventLoop loop, OutputStream out, String name) {
        super(loop);
        this.out = out;
        this.name = name;
    }

    @Override
    public void start(WireEvents events) {
        this.events = events;
    }

    // ---- on the loop

    @Override
    public void write(Bytes data) {
        Bytes own = adopt(data);
        if (!closing && !lost && own.size() > 0) {
            unsent += own.size();
            queue.add(own);
            wakeThread();
        }
    }

    private void wakeThread() {
        Thread running = thread;
        if (running == null) {
            thread = Thread.ofPlatform()
                    .daemon()
                    .inheritInheritableThreadLocals(false)
                    .name(name)
                    .start(this::pump);
        } else {
            LockSupport.unpark(running);
        }
    }

    @Override
    public long unsent() {
        return unsent;
    }

    @Override
    public void setWaterMarks(int low, int high) {
        this.low = low;
    }

    private void noteSent() {
        if (!lost) {
            unsent -= sent.getAndSet(0);
            if (unsent <= low) {
                Objects.requireNonNull(events).drained();
            }
        }
    }

    /** Closes if nothing waits to be sent: the process has ended. What waits may be for a child that it has left behind. */
    void processEnded() {
        if (unsent == 0) {
            close();
        }
    }

    @Override
    public void end() {
        close();
    }

    @Override
    public void close() {
        if (!closing) {
            closing = true;
            if (thread != null) {
                LockSupport.unpark(thread);
            } else {
                closeHere();
            }
        }
    }

    /** Closes a pipe that nothing was written to; that does not block. */
    private void closeHere() {
        try {
            out.close();
        } catch (IOException e) {
            // There is nothing that could have been lost.
        }
        loop.callSoon(() -> gone(null), Context.empty());
    }

    /** Sends no more. A write that the thread is in goes on until it is read or every reader is gone. */
    @Override
    public void abort() {
        aborted = true;
        queue.clear();
        close();
        LockSupport.unpark(thread);
        loop.callSoon(() -> gone(null), Context.empty());
    }

    private void gone(@Nullable IOException cause) {
        if (!lost) {
            lost = true;
            closing = true;
            unsent = 0;
            queue.clear();
            Objects.requireNonNull(events).lost(cause);
        }
    }

    @Override
    public void setReading(boolean reading) {}

    // ---- on the thread

    private void pump() {
        try {
            IOException failure = writeAll();
            loop.callSoonThreadsafe(() -> gone(failure), Context.empty());
        } catch (IllegalStateException e) {
            // The loop is closed: nobody is left to be told.
        }
    }

    private @Nullable IOException writeAll() {
        try (out) {
            while (!aborted) {
                boolean last = closing;
                Bytes data = queue.poll();
                if (data != null) {
                    write(data, out);
                } else if (last) {
                    return null;
                } else {
                    LockSupport.park(this);
                }
            }
            return null;
        } catch (IOException e) {
            return aborted ? null : new IOException("The process reads no more (" + e.getMessage() + ")", e);
        }
    }

    private void write(Bytes data, OutputStream out) throws IOException {
        int size = data.size();
        data.writeTo(out);
        out.flush();
        if (sent.getAndAdd(size) == 0) {
            loop.callSoonThreadsafe(this::noteSent, Context.empty());
        }
    }
}
