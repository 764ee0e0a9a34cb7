package jasyncio.executor;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Frames between a pool and one of its children, over a stream socket: length of the payload (4 bytes), kind (1 byte), number of the job
 * (8 bytes), payload.
 *
 * <p>Any thread may send; one thread at a time receives.
 */
final class Wire implements Closeable {
    /** To the child: what to do before the first job; a {@link Setup}. */
    static final byte SETUP = 1;

    /** To the child: a serialized job. */
    static final byte JOB = 2;

    /** To the child: interrupt the job of this number, if that still runs. */
    static final byte INTERRUPT = 3;

    /** From the child: the serialized result of a job. */
    static final byte RESULT = 4;

    /** From the child: what a job has thrown; see {@link RemoteFailure}. */
    static final byte FAILURE = 5;

    /** From the child: what the initializer has thrown. The child ends. */
    static final byte UNUSABLE = 6;

    /** From the child: it has not begun this job, and will not, since another one takes its time. */
    static final byte RETURNED = 7;

    private static final int HEADER = 13;
    private static final int BUFFER = 1 << 16;

    private final SocketChannel channel;

    /** Owned by whoever receives; between two frames it holds what has been read ahead, ready to be taken out. */
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).flip();

    /** Guarded by {@code sending}. */
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);

    private final ReentrantLock sending = new ReentrantLock();

    Wire(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * One message.
     *
     * @param payload null if there is no room for it in memory: it was skipped
     * @param length of the payload, in bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // frames are never compared
    record Frame(byte kind, long job, byte @Nullable [] payload, int length) {}

    /** A payload under construction, which is sent without being copied. */
    static final class Payload extends ByteArrayOutputStream {
        Payload() {
            super(512);
        }

        ByteBuffer bytes() {
            return ByteBuffer.wrap(buf, 0, count);
        }
    }

    /** The payload's own position stays where it is. */
    void send(byte kind, long job, ByteBuffer bytes) throws IOException {
        ByteBuffer payload = bytes.duplicate();
        sending.lock();
        try {
            write(kind, job, payload);
        } finally {
            sending.unlock();
        }
    }

    /** Sends a frame without a payload unless another thread is sending: false, then. */
    boolean trySend(byte kind, long job) throws IOException {
        if (!sending.tryLock()) {
            return false;
        }
        try {
            write(kind, job, ByteBuffer.allocate(0));
        } finally {
            sending.unlock();
        }
        return true;
    }

    /** The payload goes through a small buffer outside the heap: the channel would keep one of the payload's size for each thread. */
    private void write(byte kind, long job, ByteBuffer payload) throws IOException {
        out.clear();
        out.putInt(payload.remaining()).put(kind).putLong(job);
        do {
            int n = Math.min(out.remaining(), payload.remaining());
            out.put(payload.slice(payload.position(), n));
            payload.position(payload.position() + n);
            out.flip();
            while (out.hasRemaining()) {
                channel.write(out);
            }
            out.clear();
        } while (payload.hasRemaining());
    }

    /** Waits for a frame; null at the end of the stream. */
    @Nullable
    Frame receive() throws IOException {
        if (!fill()) {
            return null;
        }
        int length = in.getInt();
        byte kind = in.get();
        long job = in.getLong();
        byte[] payload = allocate(length);
        return take(payload, length) ? new Frame(kind, job, payload, length) : null;
    }

    private static byte @Nullable [] allocate(int length) {
        try {
            return new byte[length];
        } catch (OutOfMemoryError e) {
            return null;
        }
    }

    /** Reads until a header is there; false at the end of the stream. */
    private boolean fill() throws IOException {
        while (in.remaining() < HEADER) {
            in.compact();
            try {
                if (channel.read(in) < 0) {
                    return false;
                }
            } finally {
                in.flip();
            }
        }
        return true;
    }

    private boolean take(byte @Nullable [] payload, int length) throws IOException {
        int taken = 0;
        while (taken < length) {
            int n = Math.min(in.remaining(), length - taken);
            if (payload == null) {
                in.position(in.position() + n);
            } else {
                in.get(payload, taken, n);
            }
            taken += n;
            if (taken < length) {
                in.clear();
                boolean more = channel.read(in) >= 0;
                in.flip();
                if (!more) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
