package jasyncio.net;

import jasyncio.net.netty.Bytes;
import jasyncio.net.netty.Link;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Received ciphertext, cut into the records that the engine takes. A record that came in one piece is not copied. */
final class TlsInput {
    private static final int HEADER = 5;

    /** More than any record may have; the engine refuses what claims to be longer. */
    private static final int LONGEST = 33_093;

    private final Link link;
    private final ArrayDeque<Bytes> pieces = new ArrayDeque<>();
    private @Nullable Bytes current;
    private ByteBuffer window = ByteBuffer.allocate(0);

    /** The beginning of a record that came in several pieces, or null. */
    private @Nullable ByteBuffer partial;

    /** {@link #partial} was completed and given out. */
    private boolean completed;

    TlsInput(Link link) {
        this.link = link;
    }

    void add(Bytes piece) {
        pieces.add(piece);
    }

    /** Returns a buffer that begins with a whole record, from which the caller takes it; or null if there is none yet. */
    @Nullable
    ByteBuffer record() {
        if (completed) {
            if (partial != null && partial.hasRemaining()) {
                return partial;
            }
            partial = null;
            completed = false;
        }
        while (hasWindow()) {
            if (partial != null) {
                fill(partial);
                if (!partial.hasRemaining() && !grow(partial)) {
                    completed = true;
                    return partial.flip();
                }
            } else if (isWhole(window)) {
                return window;
            } else {
                partial = ByteBuffer.allocate(window.remaining() < HEADER ? HEADER : size(window));
            }
        }
        return null;
    }

    private boolean hasWindow() {
        while (!window.hasRemaining()) {
            if (current != null) {
                link.release(current);
            }
            current = pieces.poll();
            if (current == null) {
                return false;
            }
            window = current.writableView();
        }
        return true;
    }

    private void fill(ByteBuffer partial) {
        int length = Math.min(partial.remaining(), window.remaining());
        partial.put(window.slice(window.position(), length));
        window.position(window.position() + length);
    }

    /** Makes room for the rest of a record whose header is complete now; returns false if nothing is missing. */
    private boolean grow(ByteBuffer full) {
        int size = size(full, 0);
        if (size <= full.position()) {
            return false;
        }
        partial = ByteBuffer.allocate(size).put(full.flip());
        return true;
    }

    private static boolean isWhole(ByteBuffer data) {
        return data.remaining() >= HEADER && data.remaining() >= size(data);
    }

    /** Returns the size of the record that {@code data}, of at least a header, begins with; as below. */
    static int size(ByteBuffer data) {
        return size(data, data.position());
    }

    /** Returns the size of the record at {@code at}; that of a header if it is none, which is for the engine to say. */
    private static int size(ByteBuffer data, int at) {
        int type = data.get(at) & 0xff;
        int size = HEADER + (data.getShort(at + 3) & 0xffff);
        boolean isRecord = type >= 20 && type <= 24 && data.get(at + 1) == 3 && size <= LONGEST;
        return isRecord ? size : HEADER;
    }

    /** Drops everything. */
    void clear() {
        partial = null;
        completed = false;
        window = ByteBuffer.allocate(0);
        pieces.forEach(link::release);
        pieces.clear();
        if (current != null) {
            link.release(current);
            current = null;
        }
    }
}
