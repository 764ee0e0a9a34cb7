package jasyncio.net.netty;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * An engine of BoringSSL's that behaves as the JDK's does. Its native half is made when the handshake begins, since it must know then whether it
 * is a client's and which protocols it offers. {@link #release} frees that at once; otherwise the garbage collector does.
 *
 * <p>For one thread at a time.
 */
public final class NativeEngine extends TlsSettings {
    private static final ResourceLeakDetector<NativeEngine> LEAKS =
            ResourceLeakDetectorFactory.instance().newResourceLeakDetector(NativeEngine.class);
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private final NativeContext context;
    private @Nullable SSLEngine inner;
    private Cleaner.@Nullable Cleanable memory;
    private @Nullable ResourceLeakTracker<NativeEngine> watch;
    private boolean owned;
    private boolean released;
    private boolean shaken;

    /** The outbound side was closed here, so that what is left to be sent must be asked for. */
    private boolean closing;

    /** The last call said that there is something to be sent; Netty's engine forgets that once the handshake is over. */
    private boolean wrapAgain;

    /** A task was given out; Netty's engine does not know what comes after it until it is asked again. */
    private boolean tasked;

    /** It was, and the handshake was over: the next call says so. */
    private boolean untold;

    /** It was, and this came of it, for the next call. */
    private @Nullable SSLException refusal;

    NativeEngine(NativeContext context, TlsDefaults defaults, @Nullable String host, int port) {
        super(defaults, host, port);
        this.context = context;
    }

    /** The caller promises to call {@link #release}; Netty's leak detector watches. */
    public void own() {
        owned = true;
    }

    /** Frees the native memory: as if both directions had ended. What is known of the session stays. */
    public void release() {
        released = true;
        if (memory != null) {
            memory.clean();
            memory = null;
        }
        if (watch != null) {
            watch.close(this);
            watch = null;
        }
    }

    @Override
    boolean begun() {
        return inner != null || released;
    }

    private SSLEngine begin() throws SSLException {
        if (inner == null) {
            if (released) {
                throw new SSLException("The engine was released");
            }
            SSLEngine engine = context.newEngine(this);
            memory = NativeContext.free(this, engine);
            watch = owned ? LEAKS.track(this) : null;
            inner = engine;
            engine.setSSLParameters(toTell());
        }
        return inner;
    }

    @Override
    public void beginHandshake() throws SSLException {
        if (released) {
            throw new SSLException("The engine was released");
        }
        begin().beginHandshake();
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer to) throws SSLException {
        if (released) {
            return closed();
        }
        SSLEngine engine = begin();
        if (refusal != null) {
            SSLException thrown = refusal;
            refusal = null;
            throw thrown;
        }
        if (untold) {
            untold = false;
            return new SSLEngineResult(Status.OK, HandshakeStatus.FINISHED, 0, 0);
        }
        SSLEngineResult result;
        if (length == 0) {
            result = engine.wrap(NOTHING, to);
        } else {
            result = engine.wrap(from, offset, length, to);
        }
        boolean stuck = result.bytesProduced() == 0 && result.getStatus() != Status.BUFFER_OVERFLOW;
        wrapAgain = !stuck && result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
        return note(result);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int length) throws SSLException {
        if (released) {
            return closed();
        }
        SSLEngine engine = begin();
        SSLEngineResult result = engine.unwrap(from, to, offset, length);
        if (!shaken
                && result.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP
                && result.bytesConsumed() > 0
                && result.getStatus() == Status.OK) {
            // It learns that this was the last message when it is asked again.
            SSLEngineResult next = engine.unwrap(NOTHING, to, offset, length);
            result = new SSLEngineResult(
                    Status.OK, next.getHandshakeStatus(), result.bytesConsumed(), result.bytesProduced());
        }
        wrapAgain |= result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
        return note(result);
    }

    private SSLEngineResult note(SSLEngineResult result) {
        shaken |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
        return result;
    }

    private static SSLEngineResult closed() {
        return new SSLEngineResult(Status.CLOSED, HandshakeStatus.NOT_HANDSHAKING, 0, 0);
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        if (inner == null || released) {
            return HandshakeStatus.NOT_HANDSHAKING;
        }
        HandshakeStatus status = inner.getHandshakeStatus();
        if (tasked && status == HandshakeStatus.NEED_UNWRAP) {
            status = askAgain(inner);
        }
        boolean mustWrap = wrapAgain || untold || refusal != null || (closing && !inner.isOutboundDone());
        return mustWrap && status != HandshakeStatus.NEED_TASK ? HandshakeStatus.NEED_WRAP : status;
    }

    private HandshakeStatus askAgain(SSLEngine engine) {
        tasked = false;
        try {
            SSLEngineResult result = note(engine.unwrap(NOTHING, NOTHING));
            untold = result.getHandshakeStatus() == HandshakeStatus.FINISHED;
        } catch (SSLException e) {
            refusal = e;
        }
        return engine.getHandshakeStatus();
    }

    @Override
    public @Nullable Runnable getDelegatedTask() {
        Runnable task = inner == null || released ? null : inner.getDelegatedTask();
        tasked |= task != null;
        return task;
    }

    @Override
    public void closeInbound() throws SSLException {
        if (inner != null && !released) {
            inner.closeInbound();
        }
    }

    @Override
    public boolean isInboundDone() {
        return released || (inner != null && inner.isInboundDone());
    }

    @Override
    public void closeOutbound() {
        closing = true;
        if (inner != null && !released) {
            inner.closeOutbound();
        }
    }

    @Override
    public boolean isOutboundDone() {
        return released || (inner == null ? closing : inner.isOutboundDone());
    }

    /** Throws {@link IllegalStateException} if BoringSSL refuses to begin. */
    @Override
    public SSLSession getSession() {
        if (inner != null) {
            return inner.getSession();
        }
        try {
            return begin().getSession();
        } catch (SSLException e) {
            throw new IllegalStateException("There is no session: " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable SSLSession getHandshakeSession() {
        return inner == null || released ? null : inner.getHandshakeSession();
    }

    @Override
    public @Nullable String getApplicationProtocol() {
        if (inner == null || !shaken) {
            return null;
        }
        String agreed = inner.getApplicationProtocol();
        return agreed == null ? "" : agreed;
    }

    @Override
    public @Nullable String getHandshakeApplicationProtocol() {
        return null;
    }
}
