package jasyncio.bench.echo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/** The client's side of a TLS 1.3 connection. Can go over to counting what it receives instead of decrypting it, and not back. */
final class TlsClient {
    private static final int ROOM = 256 * 1024;
    private static final int HEAD = 5;
    private static final byte APPLICATION_DATA = 23;

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final ByteBuffer toSend = ByteBuffer.allocate(ROOM).flip();
    private final ByteBuffer received = ByteBuffer.allocate(ROOM);
    private final ByteBuffer plain = ByteBuffer.allocate(ROOM);
    private boolean counting;

    /** What a record has beyond its head and its plaintext, as it was in the last one that was decrypted: the type, the tag, and padding. */
    private int overhead;

    /** What is still to come of the record whose head was seen last, in bytes. */
    private int restOfRecord;

    private TlsClient(SocketChannel channel, SSLContext context) {
        this.channel = channel;
        engine = context.createSSLEngine();
        engine.setUseClientMode(true);
    }

    /** Shakes hands on a channel that blocks. */
    static TlsClient shakeHands(SocketChannel channel, SSLContext context) throws IOException {
        var client = new TlsClient(channel, context);
        client.engine.beginHandshake();
        client.shakeHands();
        return client;
    }

    private void shakeHands() throws IOException {
        while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> {
                    encrypt(ByteBuffer.allocate(0));
                    write();
                }
                default -> {
                    if (decrypt().getStatus() == Status.BUFFER_UNDERFLOW) {
                        fill();
                    }
                }
            }
        }
    }

    /** Encrypts all of {@code message}; what was encrypted before has been sent. */
    void encrypt(ByteBuffer message) throws IOException {
        toSend.clear();
        do {
            SSLEngineResult result = engine.wrap(message, toSend);
            if (result.getStatus() != Status.OK) {
                throw new IOException("Cannot encrypt: " + result);
            }
        } while (message.hasRemaining());
        toSend.flip();
    }

    /** Sends what was encrypted; returns false if some of it is left. */
    boolean write() throws IOException {
        channel.write(toSend);
        return !toSend.hasRemaining();
    }

    /** Only counts from now on. Called when an answer is complete. */
    void countOnly() throws IOException {
        if (!counting && received.position() > 0) {
            throw new IOException("The server sent more than was asked for");
        }
        counting = true;
    }

    /** Receives what there is; returns how many bytes of plaintext it is, which are the first of {@code expected} unless they are only counted. */
    int read(ByteBuffer expected) throws IOException {
        fill();
        return counting ? count() : compare(expected);
    }

    private void fill() throws IOException {
        if (channel.read(received) < 0) {
            throw new IOException("The server has closed a connection");
        }
    }

    private SSLEngineResult decrypt() throws IOException {
        received.flip();
        try {
            return engine.unwrap(received, plain);
        } finally {
            received.compact();
        }
    }

    private int compare(ByteBuffer expected) throws IOException {
        plain.clear();
        SSLEngineResult result;
        do {
            result = decrypt();
            if (result.bytesProduced() > 0) {
                overhead = result.bytesConsumed() - HEAD - result.bytesProduced();
            }
        } while (result.getStatus() == Status.OK && received.position() > 0);
        int length = plain.flip().remaining();
        if (length > expected.remaining() || !plain.equals(expected.duplicate().limit(expected.position() + length))) {
            throw new IOException("The server sent other bytes than it received");
        }
        return length;
    }

    private int count() throws IOException {
        int plaintext = 0;
        received.flip();
        while (true) {
            int part = Math.min(restOfRecord, received.remaining());
            received.position(received.position() + part);
            restOfRecord -= part;
            if (restOfRecord > 0 || received.remaining() < HEAD) {
                break;
            }
            if (received.get() != APPLICATION_DATA) {
                throw new IOException("The server sent a record that is no application data");
            }
            received.getShort();
            restOfRecord = received.getShort() & 0xffff;
            plaintext += restOfRecord - overhead;
        }
        received.compact();
        return plaintext;
    }
}
