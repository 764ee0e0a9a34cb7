package jasyncio.executor;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The program that a child of a {@link ProcessPoolExecutor} runs: takes jobs from the pool's socket one after the other, runs each on the
 * main thread and sends back what came of it.
 *
 * <p>It ends with the socket: normally if it is idle then, at once if it is in the middle of a job, for nobody wants its result.
 */
final class ChildProcess {
    private final Wire wire;
    private final Intake intake;
    private Codec codec = new Codec(null);

    private ChildProcess(Wire wire) {
        this.wire = wire;
        this.intake = new Intake(wire, Thread.currentThread());
    }

    /** Reads from standard input where to connect to and the password there: other users see a command line, but not that. */
    public static void main(String[] args) throws Exception {
        SocketChannel channel;
        try (var in = new DataInputStream(System.in)) {
            channel = SocketChannel.open(address(in.readUTF()));
            channel.write(ByteBuffer.wrap(in.readNBytes(Handshake.SECRET)));
        }
        int exitCode = new ChildProcess(new Wire(channel)).serve();
        System.exit(exitCode); // whatever threads the jobs have left behind
    }

    /** {@code unix:PATH} or {@code tcp:PORT}. */
    private static SocketAddress address(String text) {
        return text.startsWith("unix:")
                ? UnixDomainSocketAddress.of(text.substring(5))
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(text.substring(4)));
    }

    private int serve() throws IOException {
        if (!setUp()) {
            return 1;
        }
        Wire.Frame frame;
        while ((frame = intake.next()) != null) {
            run(frame);
        }
        return 0;
    }

    /** Returns false if the initializer has failed. */
    private boolean setUp() throws IOException {
        Wire.Frame frame = intake.next();
        if (frame == null) {
            return false;
        }
        try {
            var setup = (Setup) Objects.requireNonNull(codec.read(Objects.requireNonNull(frame.payload())));
            codec = new Codec(Codec.filter(setup.filter()));
            if (setup.initializer() != null
                    && codec.read(setup.initializer()) instanceof ProcessPoolExecutor.Init initializer) {
                initializer.run();
            }
            return true;
        } catch (Throwable e) {
            wire.send(Wire.UNUSABLE, 0, RemoteFailure.write(e).bytes());
            return false;
        } finally {
            intake.done();
        }
    }

    private void run(Wire.Frame frame) throws IOException {
        Wire.Payload result;
        byte kind;
        try {
            result = resultOf(frame);
            kind = Wire.RESULT;
        } catch (Throwable e) { // whatever a job may throw, errors included
            result = RemoteFailure.write(e);
            kind = Wire.FAILURE;
        }
        intake.done();
        wire.send(kind, frame.job(), result.bytes());
    }

    private Wire.Payload resultOf(Wire.Frame frame) throws Exception {
        byte[] payload = frame.payload();
        if (payload == null) {
            throw new OutOfMemoryError("The arguments of the job take " + frame.length()
                    + " bytes, and the child has no room for them; give it more memory with maxHeap");
        }
        return Codec.write(call(codec.read(payload)));
    }

    private static @Nullable Object call(@Nullable Object body) throws Exception {
        if (body instanceof Callable<?> callable) {
            return callable.call();
        }
        ((Runnable) Objects.requireNonNull(body)).run();
        return null;
    }
}
