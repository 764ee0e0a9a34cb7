package jasyncio.net;

import jasyncio.net.netty.Bytes;
import jasyncio.net.netty.Memory;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A piece of received data in the memory it was received in, which can be written to another stream without being copied.
 *
 * <p>It has one owner. Whoever gets it from {@link StreamReader#readChunk()} either hands it to {@link StreamWriter#write(Chunk)}, which
 * owns it from then on, or closes it; after that it is empty and every use is refused. One that is dropped instead is a leak, which Netty's
 * leak detector reports.
 *
 * {@snippet :
 * for (Chunk chunk; (chunk = reader.readChunk()) != null; ) {
 *     writer.write(chunk);
 *     writer.drain();
 * }
 * }
 *
 * <p>None of the methods suspends; they are for tasks and callbacks of the loop.
 */
public final class Chunk implements AutoCloseable {
    private final Memory memory;
    private @Nullable Bytes bytes;

    Chunk(Memory memory, Bytes bytes) {
        this.memory = memory;
        this.bytes = bytes;
    }

    /** Returns the number of bytes. */
    public int size() {
        return bytes().size();
    }

    /** Returns the byte at {@code index}, from 0. */
    public byte get(int index) {
        Bytes bytes = bytes();
        if (index < 0 || index >= bytes.size()) {
            throw new IndexOutOfBoundsException(
                    "Index " + index + " is not within the " + bytes.size() + " bytes of the chunk");
        }
        return bytes.get(index);
    }

    /** Returns a copy of the bytes. The chunk stays what it is. */
    public byte[] toArray() {
        byte[] copy = new byte[bytes().size()];
        view().get(copy);
        return copy;
    }

    /** Returns a read-only view of the bytes. It must not be used after the chunk was written or closed. */
    public ByteBuffer view() {
        return bytes().view();
    }

    /** Takes the first {@code length} bytes off, as a chunk of its own that shares the memory. */
    public Chunk split(int length) {
        Bytes bytes = bytes();
        if (length < 0 || length > bytes.size()) {
            throw new IndexOutOfBoundsException(
                    "Cannot split " + length + " bytes off a chunk of " + bytes.size() + " bytes");
        }
        return new Chunk(memory, bytes.split(length));
    }

    /** Gives the memory back. Does nothing if the chunk was written or closed before. */
    @Override
    public void close() {
        Bytes bytes = this.bytes;
        if (bytes != null) {
            this.bytes = null;
            memory.release(bytes);
        }
    }

    /** Hands the memory to a new owner. */
    Bytes take() {
        Bytes bytes = bytes();
        this.bytes = null;
        return bytes;
    }

    private Bytes bytes() {
        if (bytes == null) {
            throw new IllegalStateException(
                    "Cannot use a chunk that was written or closed: its memory belongs to somebody else");
        }
        return bytes;
    }

    @Override
    public String toString() {
        return bytes == null ? "<Chunk given away>" : "<Chunk of " + bytes.size() + " bytes>";
    }
}
