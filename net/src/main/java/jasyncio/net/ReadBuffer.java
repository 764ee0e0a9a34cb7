package jasyncio.net;

import jasyncio.net.netty.Bytes;
import jasyncio.net.netty.Link;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Received pieces in order, read as one sequence of bytes. */
final class ReadBuffer {
    private final Link link;
    private final ArrayDeque<Bytes> pieces = new ArrayDeque<>();
    private int size;

    ReadBuffer(Link link) {
        this.link = link;
    }

    int size() {
        return size;
    }

    void add(Bytes piece) {
        size += piece.size();
        pieces.add(piece);
    }

    /** Puts back what was taken. */
    void addFirst(Bytes piece) {
        size += piece.size();
        pieces.addFirst(piece);
    }

    /** Takes the first piece, or null. */
    @Nullable
    Bytes take() {
        Bytes piece = pieces.poll();
        if (piece != null) {
            size -= piece.size();
        }
        return piece;
    }

    /** Takes {@code length} bytes, at most {@link #size()}. */
    byte[] take(int length) {
        byte[] bytes = new byte[length];
        int filled = 0;
        while (filled < length) {
            Bytes piece = pieces.element();
            int part = Math.min(length - filled, piece.size());
            piece.read(bytes, filled, part);
            filled += part;
            dropIfEmpty(piece);
        }
        size -= length;
        return bytes;
    }

    /** Drops {@code length} bytes, at most {@link #size()}. */
    void skip(int length) {
        int left = length;
        while (left > 0) {
            Bytes piece = pieces.element();
            int part = Math.min(left, piece.size());
            piece.skip(part);
            left -= part;
            dropIfEmpty(piece);
        }
        size -= length;
    }

    private void dropIfEmpty(Bytes piece) {
        if (piece.size() == 0) {
            pieces.remove();
            link.release(piece);
        }
    }

    /** Moves what nobody may ever read into memory that needs no release. */
    void detach() {
        for (int i = pieces.size(); i > 0; i--) {
            Bytes piece = pieces.remove();
            Bytes kept = piece.detached();
            pieces.add(kept);
            if (kept != piece) {
                link.release(piece);
            }
        }
    }

    void clear() {
        Bytes piece;
        while ((piece = pieces.poll()) != null) {
            link.release(piece);
        }
        size = 0;
    }

    /** Returns where {@code separator} begins, at or after {@code from}, or -1. */
    int indexOf(byte[] separator, int from) {
        int base = 0;
        for (Bytes piece : pieces) {
            int end = base + piece.size();
            int index = Math.max(0, from - base);
            while (index < piece.size() && (index = piece.indexOf(separator[0], index)) >= 0) {
                int start = base + index;
                if (start + separator.length > size) {
                    return -1;
                }
                if (matches(separator, start)) {
                    return start;
                }
                index++;
            }
            base = end;
        }
        return -1;
    }

    private boolean matches(byte[] separator, int start) {
        for (int i = 1; i < separator.length; i++) {
            if (get(start + i) != separator[i]) {
                return false;
            }
        }
        return true;
    }

    private byte get(int index) {
        int left = index;
        for (Bytes piece : pieces) {
            if (left < piece.size()) {
                return piece.get(left);
            }
            left -= piece.size();
        }
        throw new IndexOutOfBoundsException(
                "Index " + index + " is not within the " + size + " bytes that were received");
    }
}
