package jasyncio.net.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * A piece of data in one of Netty's buffers, with an owner who releases it or hands it on.
 *
 * <p>A task reads, splits and copies it, but gives it back through {@link NettyPoller#release}: the allocators' locks are not for tasks.
 */
public final class Bytes {
    final ByteBuf buffer;
    private final boolean collected;

    Bytes(ByteBuf buffer) {
        this(buffer, false);
    }

    private Bytes(ByteBuf buffer, boolean collected) {
        this.buffer = buffer;
        this.collected = collected;
    }

    /** Returns {@code data} itself as a piece, in memory that is the garbage collector's. */
    public static Bytes wrap(byte[] data) {
        return new Bytes(Unpooled.wrappedBuffer(data), true);
    }

    /** Copies {@code length} bytes of {@code data} into a buffer that a socket can send as it is. */
    public static Bytes copyOf(byte[] data, int offset, int length) {
        return new Bytes(Unpooled.directBuffer(length, length).writeBytes(data, offset, length));
    }

    /** Returns an empty piece with {@link #space} for {@code size} bytes. */
    public static Bytes room(int size) {
        return new Bytes(Unpooled.directBuffer(size, size));
    }

    /** Copies what remains of {@code data}. */
    public static Bytes copyOf(ByteBuffer data) {
        return new Bytes(
                Unpooled.directBuffer(data.remaining(), data.remaining()).writeBytes(data));
    }

    /** Hands over the first {@code length} bytes of {@code data}, in memory that is the garbage collector's. */
    public static Bytes wrap(byte[] data, int length) {
        return new Bytes(Unpooled.wrappedBuffer(data, 0, length), true);
    }

    /** Returns the memory behind what is in it, to be written to; see {@link #filled}. */
    public ByteBuffer space() {
        return buffer.nioBuffer(buffer.writerIndex(), buffer.writableBytes());
    }

    /** Counts the first {@code length} bytes of {@link #space} in, and returns this. */
    public Bytes filled(int length) {
        buffer.writerIndex(buffer.writerIndex() + length);
        return this;
    }

    /** Returns a copy in memory that is the garbage collector's: nobody has to release it. */
    public Bytes detached() {
        return collected ? this : new Bytes(Unpooled.copiedBuffer(buffer), true);
    }

    /** Tells whether the memory is the garbage collector's. */
    public boolean collected() {
        return collected;
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

    /** Takes all of it off. */
    public void writeTo(OutputStream out) throws IOException {
        buffer.readBytes(out, size());
    }

    /** Takes {@code length} bytes off the beginning, as a piece of its own that shares the memory. */
    public Bytes split(int length) {
        return new Bytes(buffer.readRetainedSlice(length), collected);
    }

    /** Drops bytes off the beginning. */
    public void skip(int length) {
        buffer.skipBytes(length);
    }

    /** Returns a read-only view, valid until this is released. */
    public ByteBuffer view() {
        return buffer.nioBuffer().asReadOnlyBuffer();
    }

    /** Returns a view for an owner who may overwrite what is in it, valid until this is released. */
    public ByteBuffer writableView() {
        return buffer.nioBuffer();
    }
}
