package jasyncio.net.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * A piece of data in one of Netty's buffers, with an owner who releases it or hands it on.
 *
 * <p>A task reads, splits and copies it, but gives it back through {@link NettyPoller#release}: the allocators' locks are not for tasks.
 */
public final class Bytes {
    final ByteBuf buffer;

    Bytes(ByteBuf buffer) {
        this.buffer = buffer;
    }

    /** Copies {@code length} bytes of {@code data} into a buffer that a socket can send as it is. */
    public static Bytes copyOf(byte[] data, int offset, int length) {
        return new Bytes(Unpooled.directBuffer(length, length).writeBytes(data, offset, length));
    }

    /** Copies what remains of {@code data}. */
    public static Bytes copyOf(ByteBuffer data) {
        return new Bytes(
                Unpooled.directBuffer(data.remaining(), data.remaining()).writeBytes(data));
    }

    /** Returns a copy in memory that is the garbage collector's: nobody has to release it. */
    public Bytes detached() {
        return new Bytes(Unpooled.copiedBuffer(buffer));
    }

    public int size() {
        return buffer.readableBytes();
    }

    public byte get(int index) {
        return buffer.getByte(buffer.readerIndex() + index);
    }

    /** Returns the index of the first {@code value} at or after {@code from}, or -1. */
    public int indexOf(byte value, int from) {
        int start = buffer.readerIndex();
        int found = buffer.indexOf(start + from, buffer.writerIndex(), value);
        return found < 0 ? -1 : found - start;
    }

    /** Takes bytes off the beginning. */
    public void read(byte[] into, int offset, int length) {
        buffer.readBytes(into, offset, length);
    }

    /** Takes {@code length} bytes off the beginning, as a piece of its own that shares the memory. */
    public Bytes split(int length) {
        return new Bytes(buffer.readRetainedSlice(length));
    }

    /** Drops bytes off the beginning. */
    public void skip(int length) {
        buffer.skipBytes(length);
    }

    /** Returns a read-only view, valid until this is released. */
    public ByteBuffer view() {
        return buffer.nioBuffer().asReadOnlyBuffer();
    }
}
