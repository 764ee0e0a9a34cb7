package jasyncio.net;

import jasyncio.net.netty.Bytes;
import jasyncio.net.netty.Link;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Plaintext that waits to be encrypted. Small pieces that wait together share a record. */
final class TlsOutput {
    private static final int PIECES_A_RECORD = 64;
    private static final int BYTES_A_RECORD = 16 * 1024;

    private final Link link;
    private final ArrayDeque<Bytes> pieces = new ArrayDeque<>();
    private long size;

    TlsOutput(Link link) {
        this.link = link;
    }

    void add(Bytes piece) {
        size += piece.size();
        pieces.add(piece);
    }

    /** Returns how many bytes wait. */
    long size() {
        return size;
    }

    /** Returns the beginning of what waits: as much as fits into a record, if there is that much. */
    ByteBuffer[] head() {
        var head = new ByteBuffer[Math.min(pieces.size(), PIECES_A_RECORD)];
        int count = 0;
        int length = 0;
        for (Bytes piece : pieces) {
            if (count == head.length || length >= BYTES_A_RECORD) {
                break;
            }
            head[count++] = piece.view();
            length += piece.size();
        }
        return count == head.length ? head : java.util.Arrays.copyOf(head, count);
    }

    /** Drops {@code length} bytes, which the engine has taken. */
    void skip(int length) {
        size -= length;
        int left = length;
        while (left > 0) {
            Bytes piece = pieces.element();
            int part = Math.min(left, piece.size());
            piece.skip(part);
            left -= part;
            if (piece.size() == 0) {
                link.release(pieces.remove());
            }
        }
    }

    /** Drops everything. */
    void clear() {
        pieces.forEach(link::release);
        pieces.clear();
        size = 0;
    }
}
