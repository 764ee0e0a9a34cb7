package jasyncio.net;

import jasyncio.net.netty.Bytes;
import jasyncio.net.netty.Link;
import jasyncio.net.netty.NativeEngine;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/** How an engine gets its data and where it puts them: in the memory that it is fast with. */
abstract class TlsRecords {
    final SSLEngine engine;
    final Link link;

    private TlsRecords(SSLEngine engine, Link link) {
        this.engine = engine;
        this.link = link;
    }

    static TlsRecords of(SSLEngine engine, Link link) {
        return engine instanceof NativeEngine itself ? new Native(itself, link) : new Jdks(engine, link);
    }

    /**
     * Deciphers one record.
     *
     * @param size of the record at the beginning of {@code data}, in bytes
     * @param roomy there may be more plaintext than ciphertext
     * @param plain given what there is of plaintext, if any, to keep
     */
    abstract SSLEngineResult unwrap(ByteBuffer data, int size, boolean roomy, Consumer<? super Bytes> plain)
            throws SSLException;

    /** Makes one record, of plaintext or of what the engine itself has to say, and sends it. */
    abstract SSLEngineResult wrap(ByteBuffer[] plain) throws SSLException;

    /** Copies plaintext that is to be sent. */
    abstract Bytes copyOf(byte[] data, int offset, int length);

    /** Copies plaintext that is to be sent. */
    abstract Bytes copyOf(ByteBuffer data);

    /** Tells whether the engine holds a lock while its tasks run, which call trust and key managers. */
    abstract boolean locksInTasks();

    /** Frees what the engine has outside the heap. */
    abstract void release();

    /** The JDK ciphers in arrays; from memory outside the heap it copies in small pieces, which takes longer than to copy it at once. */
    private static final class Jdks extends TlsRecords {
        Jdks(SSLEngine engine, Link link) {
            super(engine, link);
        }

        @Override
        SSLEngineResult unwrap(ByteBuffer data, int size, boolean roomy, Consumer<? super Bytes> plain)
                throws SSLException {
            byte[] room = new byte[roomy ? engine.getSession().getApplicationBufferSize() : size];
            SSLEngineResult result = unwrap(data, size, ByteBuffer.wrap(room));
            if (result.bytesProduced() > 0) {
                plain.accept(Bytes.wrap(room, result.bytesProduced()));
            }
            return result;
        }

        private SSLEngineResult unwrap(ByteBuffer data, int size, ByteBuffer plain) throws SSLException {
            if (data.hasArray()) {
                return engine.unwrap(data, plain);
            }
            byte[] scratch = TlsScratch.take(engine.getSession().getPacketBufferSize());
            try {
                int length = Math.min(size, Math.min(data.remaining(), scratch.length));
                data.get(data.position(), scratch, 0, length);
                SSLEngineResult result = engine.unwrap(ByteBuffer.wrap(scratch, 0, length), plain);
                data.position(data.position() + result.bytesConsumed());
                return result;
            } finally {
                TlsScratch.give(scratch);
            }
        }

        @Override
        SSLEngineResult wrap(ByteBuffer[] plain) throws SSLException {
            byte[] scratch = TlsScratch.take(engine.getSession().getPacketBufferSize());
            try {
                SSLEngineResult result = engine.wrap(plain, ByteBuffer.wrap(scratch));
                if (result.bytesProduced() > 0) {
                    link.write(link.copyOf(scratch, 0, result.bytesProduced()));
                }
                return result;
            } finally {
                TlsScratch.give(scratch);
            }
        }

        @Override
        Bytes copyOf(byte[] data, int offset, int length) {
            return Bytes.wrap(Arrays.copyOfRange(data, offset, offset + length), length);
        }

        @Override
        Bytes copyOf(ByteBuffer data) {
            byte[] copy = new byte[data.remaining()];
            data.get(copy);
            return Bytes.wrap(copy, copy.length);
        }

        @Override
        boolean locksInTasks() {
            return false;
        }

        @Override
        void release() {}
    }

    /** BoringSSL ciphers in memory outside the heap, from and into the buffers of the link, and makes a record of each piece. */
    private static final class Native extends TlsRecords {
        /** The largest record that it takes has so much plaintext, padding and all. */
        private static final int LARGEST = 18 * 1024;

        private static final int RECORD = 16 * 1024;

        /** More than what a record has beyond its plaintext, with any cipher suite. */
        private static final int OVERHEAD = 256;

        private final NativeEngine itself;

        Native(NativeEngine itself, Link link) {
            super(itself, link);
            this.itself = itself;
            itself.own();
        }

        @Override
        SSLEngineResult unwrap(ByteBuffer data, int size, boolean roomy, Consumer<? super Bytes> plain)
                throws SSLException {
            Bytes room = link.room(roomy ? LARGEST : size);
            try {
                SSLEngineResult result = engine.unwrap(data, room.space());
                if (result.bytesProduced() > 0) {
                    plain.accept(room.filled(result.bytesProduced()));
                    room = null;
                }
                return result;
            } finally {
                if (room != null) {
                    link.release(room);
                }
            }
        }

        @Override
        SSLEngineResult wrap(ByteBuffer[] plain) throws SSLException {
            int length = 0;
            for (ByteBuffer piece : plain) {
                length += piece.remaining();
            }
            int size = Math.min(length, RECORD);
            if (plain.length < 2) {
                return wrap(plain, size);
            }
            Bytes gathered = link.room(size);
            try {
                return wrap(new ByteBuffer[] {gather(plain, gathered.space().limit(size))}, size);
            } finally {
                link.release(gathered);
            }
        }

        private static ByteBuffer gather(ByteBuffer[] pieces, ByteBuffer into) {
            int start = into.position();
            for (ByteBuffer piece : pieces) {
                int part = Math.min(piece.remaining(), into.remaining());
                into.put(piece.slice(piece.position(), part));
            }
            return into.flip().position(start);
        }

        private SSLEngineResult wrap(ByteBuffer[] plain, int size) throws SSLException {
            if (size > 0) {
                SSLEngineResult result = wrapInto(link.room(size + OVERHEAD), plain);
                if (result.getStatus() != SSLEngineResult.Status.BUFFER_OVERFLOW) {
                    return result;
                }
            }
            return wrapInto(link.room(engine.getSession().getPacketBufferSize()), plain);
        }

        private SSLEngineResult wrapInto(Bytes room, ByteBuffer[] plain) throws SSLException {
            boolean sent = false;
            try {
                SSLEngineResult result = engine.wrap(plain, room.space());
                if (result.bytesProduced() > 0) {
                    sent = true;
                    link.write(room.filled(result.bytesProduced()));
                }
                return result;
            } finally {
                if (!sent) {
                    link.release(room);
                }
            }
        }

        @Override
        Bytes copyOf(byte[] data, int offset, int length) {
            return link.copyOf(data, offset, length);
        }

        @Override
        Bytes copyOf(ByteBuffer data) {
            return link.copyOf(data);
        }

        @Override
        boolean locksInTasks() {
            return true;
        }

        @Override
        void release() {
            itself.release();
        }
    }
}
