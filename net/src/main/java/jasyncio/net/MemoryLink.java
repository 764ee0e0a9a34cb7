package jasyncio.net;

import jasyncio.Context;
import jasyncio.EventLoop;
import jasyncio.TimerHandle;
import jasyncio.net.netty.Bytes;
import jasyncio.net.netty.Settings;
import jasyncio.net.netty.WireEvents;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection in memory, and the direction that leads away from it.
 *
 * <p>What was written is in {@code pieces}. The first {@code accepted} bytes of it are on their way, as if a kernel had them: they arrive
 * even if this end is closed. The others wait to be sent. Everything happens in {@link #carry}, a callback of the loop, never in the call that asks for
 * it: events come between the steps of tasks, as a socket's do.
 */
final class MemoryLink extends HeapLink {
    private final int capacity;
    private final Line line;
    private @Nullable MemoryLink peer;
    private @Nullable WireEvents events;

    private final ArrayDeque<Bytes> pieces = new ArrayDeque<>();
    private long queued;
    private long accepted;

    /** How many bytes the line lets arrive next; 0 if it was not asked. */
    private long arriving;

    private @Nullable TimerHandle delay;
    private int low = Settings.LOW_WATER;
    private boolean scheduled;

    /** Nothing more comes after {@code pieces}. */
    private boolean ending;

    private boolean endTold;

    /** What the peer meets after {@code pieces}, in the place of an end. */
    private @Nullable IOException breaks;

    private boolean reading = true;
    private boolean closing;
    private boolean aborting;
    private boolean writesInVain;
    private boolean lost;

    private MemoryLink(EventLoop loop, int capacity, Line line) {
        super(loop);
        this.capacity = capacity;
        this.line = line;
    }

    /** Creates two ends and returns one. */
    static MemoryLink pair(EventLoop loop, int capacity, Line line) {
        var one = new MemoryLink(loop, capacity, line);
        var other = new MemoryLink(loop, capacity, line);
        one.peer = other;
        other.peer = one;
        return one;
    }

    MemoryLink peer() {
        return Objects.requireNonNull(peer);
    }

    // ---- commands

    @Override
    public void start(WireEvents events) {
        this.events = events;
        peer().changed();
    }

    @Override
    public void write(Bytes data) {
        Bytes own = adopt(data);
        if (lost || closing || ending || own.size() == 0) {
            return;
        }
        if (peer().lost) {
            writeInVain();
            return;
        }
        pieces.add(own);
        queued += own.size();
        changed();
    }

    /** The first write is answered by a reset, which comes after what the peer had sent; the next one fails by itself. */
    private void writeInVain() {
        if (peer().breaks == null) {
            peer().breaks = reset();
            peer().endTold = false;
            peer().changed();
        } else {
            writesInVain = true;
            changed();
        }
    }

    @Override
    public long unsent() {
        return queued - accepted;
    }

    @Override
    public void setWaterMarks(int low, int high) {
        this.low = low;
    }

    @Override
    public void setReading(boolean reading) {
        this.reading = reading && !closing;
        if (reading) {
            peer().changed();
        }
    }

    @Override
    public void end() {
        ending = true;
        changed();
    }

    @Override
    public void close() {
        closing = true;
        reading = false;
        changed();
    }

    @Override
    public void abort() {
        aborting = true;
        closing = true;
        reading = false;
        changed();
    }

    private void changed() {
        if (!scheduled) {
            scheduled = true;
            loop.callSoon(this::carryScheduled, Context.empty());
        }
    }

    // ---- in a callback

    private void carryScheduled() {
        scheduled = false;
        carry();
    }

    private void carry() {
        if (!lost && (aborting || writesInVain)) {
            leave(aborting ? null : new SocketException("Broken pipe"));
        }
        long unsent = unsent();
        accepted = Math.min(queued, capacity);
        deliver();
        if (lost) {
            tellEnd();
            return;
        }
        if (unsent() < unsent && unsent() <= low && events != null) {
            events.drained();
        }
        if (closing && unsent() == 0) {
            leave(null);
        }
        tellEnd();
    }

    private boolean takes() {
        return events != null && reading && !lost;
    }

    private void deliver() {
        while (accepted > 0 && delay == null && peer().takes()) {
            if (arriving == 0 && !askLine()) {
                return;
            }
            Bytes first = pieces.remove();
            if (first.size() > arriving) {
                Bytes part = first.split((int) arriving);
                pieces.addFirst(first);
                first = part;
            }
            int size = first.size();
            arriving -= size;
            queued -= size;
            accepted = Math.min(queued, capacity);
            Objects.requireNonNull(peer().events).received(first);
        }
    }

    /** Returns false if nothing may arrive now. */
    private boolean askLine() {
        switch (line.next((int) accepted)) {
            case Line.Reset _ -> {
                breakDown();
                return false;
            }
            case Line.Piece(int bytes, Duration time) -> {
                if (bytes < 1 || bytes > accepted) {
                    throw new IllegalArgumentException("The line lets " + bytes
                            + " bytes arrive, which is not within 1 to the " + accepted + " that there are");
                }
                arriving = bytes;
                if (time.isPositive()) {
                    delay = loop.callLater(time, this::arrive, Context.empty());
                    return false;
                }
                return true;
            }
        }
    }

    private void arrive() {
        delay = null;
        carry();
    }

    private void tellEnd() {
        MemoryLink peer = peer();
        if (ending && queued == 0 && !endTold && peer.takes()) {
            endTold = true;
            if (breaks != null) {
                peer.leave(breaks);
            } else {
                Objects.requireNonNull(peer.events).ended();
            }
        }
    }

    /** Ends this end. What is on its way still arrives, but nobody is there to receive what the peer sends. */
    private void leave(@Nullable IOException cause) {
        if (lost) {
            return;
        }
        MemoryLink peer = peer();
        dropUnsent();
        ending = true;
        if (peer.queued > 0) {
            breaks = reset();
        }
        boolean peerIsSending = peer.unsent() > 0;
        peer.drop();
        gone(cause);
        if (peerIsSending) {
            peer.leave(reset());
        }
        changed();
    }

    private void breakDown() {
        MemoryLink peer = peer();
        drop();
        peer.drop();
        gone(reset());
        peer.gone(reset());
    }

    private void gone(@Nullable IOException cause) {
        if (!lost) {
            lost = true;
            if (events != null) {
                events.lost(cause);
            }
        }
    }

    private void dropUnsent() {
        while (queued > accepted) {
            Bytes last = pieces.removeLast();
            queued -= last.size();
            if (queued < accepted) {
                pieces.add(last.split((int) (accepted - queued)));
                queued = accepted;
            }
        }
    }

    private void drop() {
        pieces.clear();
        queued = 0;
        accepted = 0;
        arriving = 0;
        if (delay != null) {
            delay.cancel();
            delay = null;
        }
    }

    private static IOException reset() {
        return new SocketException("Connection reset by peer");
    }
}
