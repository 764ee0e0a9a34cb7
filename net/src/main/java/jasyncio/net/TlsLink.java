package jasyncio.net;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.TimerHandle;
import jasyncio.net.netty.Bytes;
import jasyncio.net.netty.Link;
import jasyncio.net.netty.Settings;
import jasyncio.net.netty.WireEvents;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS over another link.
 *
 * <p>The engine runs in callbacks of the loop and never on the bare loop thread: it calls trust and key managers, which are user code, and
 * takes locks that tasks and other threads also take (random numbers, the cache of sessions). What comes from the connection is kept, and
 * one callback, {@link #pump}, does whatever is possible when its turn comes; so does what a task writes. A pump may be held up in the
 * engine, by a trust manager that asks a server. Meanwhile other methods are called, but there is no second pump.
 *
 * <p>An end of one direction ends both: after the other side's close_notify nothing can be sent. A connection that ends without one ends
 * the stream without an error, as peers do that in practice; who must tell the difference needs lengths in the data.
 */
final class TlsLink implements Link, WireEvents {
    private static final ByteBuffer[] NOTHING = {};

    private final EventLoop loop;
    private final Link link;
    private final SSLEngine engine;
    private final TlsSetup setup;
    private final TlsErrors errors;
    private final TlsRecords records;
    private final TlsInput input;
    private final TlsOutput output;
    private final Future<@Nullable Void> handshake;
    private @Nullable WireEvents events;
    private @Nullable TimerHandle timer;

    /** A pump is due or running, or waits for a task of the engine. */
    private boolean pumping;

    /** A task of the engine runs elsewhere; nobody may call the engine. */
    private boolean tasking;

    /** Something written was passed on, and nobody told yet that it went. */
    private boolean passedOn;

    private int low = Settings.LOW_WATER;

    /** The next record needs more room than its own size. */
    private boolean roomy;

    private boolean reading = true;
    private boolean shaken;
    private boolean closing;
    private boolean linkClosed;
    private boolean peerEnded;
    private boolean toldEnd;
    private boolean lost;
    private boolean toldLost;
    private @Nullable IOException lostCause;

    /** What went wrong with TLS itself. */
    private @Nullable IOException failure;

    private TlsLink(EventLoop loop, Link link, SSLEngine engine, TlsSetup setup) {
        this.loop = loop;
        this.link = link;
        this.engine = engine;
        this.setup = setup;
        this.errors = new TlsErrors(setup, engine.getUseClientMode(), Net.describe(link.peerAddress()));
        this.records = TlsRecords.of(engine, link);
        this.input = new TlsInput(link);
        this.output = new TlsOutput(link);
        this.handshake = loop.createFuture();
    }

    /** Calls user code, so not for the bare loop thread. */
    static TlsLink client(EventLoop loop, Link link, TlsSetup setup) {
        int port = link.peerAddress() instanceof java.net.InetSocketAddress inet ? inet.getPort() : -1;
        return new TlsLink(loop, link, setup.clientEngine(port), setup);
    }

    /** Calls user code, so not for the bare loop thread. */
    static TlsLink server(EventLoop loop, Link link, TlsSetup setup) {
        return new TlsLink(loop, link, setup.serverEngine(), setup);
    }

    /** Begins. The future has an {@link IOException} if there will be no connection, which is closed then. */
    Future<@Nullable Void> handshake() {
        setLowMark();
        link.start(this);
        link.setReading(true);
        timer = loop.callLater(setup.handshakeTimeout(), () -> {
            if (!handshake.done()) {
                fail(errors.handshakeTimeout());
            }
        });
        try {
            engine.beginHandshake();
            schedule();
        } catch (SSLException e) {
            fail(errors.of(e, false));
        }
        return handshake;
    }

    // ---- from the connection, on the bare loop thread

    @Override
    public void received(Bytes data) {
        input.add(data);
        schedule();
    }

    @Override
    public void ended() {
        peerEnded = true;
        schedule();
    }

    @Override
    public void drained() {
        if (events != null && output.size() == 0) {
            events.drained();
        }
    }

    @Override
    public void lost(@Nullable IOException cause) {
        lost = true;
        peerEnded = true;
        lostCause = cause;
        schedule();
    }

    private void schedule() {
        if (!pumping) {
            pumping = true;
            loop.callSoon(this::pump);
        }
    }

    // ---- in a callback

    private void pump() {
        try {
            boolean progress = true;
            while (progress) {
                progress = failure == null && !tasking && step();
            }
        } catch (SSLException e) {
            fail(errors.of(e, shaken));
        } catch (RuntimeException e) {
            if (shaken || !engine.getUseClientMode()) { // else who connects is told
                loop.callExceptionHandler(
                        new EventLoop.Failure("TLS failed by a mistake in the program, and not of the peer", e, null));
            }
            fail(errors.of(new SSLException(e.toString(), e), shaken));
        } catch (Error e) { // told by the loop, as any that leaves a callback
            fail(errors.of(new SSLException(e.toString(), e), shaken));
            throw e;
        } finally {
            pumping = tasking;
        }
        if (!tasking) {
            settle();
        }
    }

    private boolean step() throws SSLException {
        HandshakeStatus status = engine.getHandshakeStatus();
        return switch (status) {
            case NEED_TASK -> runTask();
            case NEED_WRAP -> wrap(NOTHING) || engine.getHandshakeStatus() != status;
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap() || engine.getHandshakeStatus() != status;
            case NOT_HANDSHAKING, FINISHED ->
                (mayRead() && unwrap()) || (shaken && output.size() > 0 && wrap(output.head())) || beginShutdown();
        };
    }

    private boolean runTask() {
        Runnable task = engine.getDelegatedTask();
        if (task == null) {
            return false;
        }
        if (records.locksInTasks()) {
            runElsewhere(task);
        } else {
            task.run();
        }
        return true;
    }

    /** A callback that holds a lock must not be held up; so a thread is. */
    private void runElsewhere(Runnable task) {
        Future<@Nullable Void> done = Asyncio.runInExecutor(null, task::run);
        tasking = true;
        done.addDoneCallback(_ -> {
            tasking = false;
            Throwable cause = done.cancelled() ? null : done.exception();
            if (cause != null) {
                fail(errors.of(new SSLException(cause.toString(), cause), shaken));
            }
            pump();
        });
    }

    private boolean mayRead() {
        return !shaken || closing || (events != null && (reading || lost));
    }

    private boolean unwrap() throws SSLException {
        ByteBuffer record = input.record();
        if (record == null || engine.isInboundDone()) {
            return false;
        }
        int before = record.remaining();
        int size = TlsInput.size(record);
        SSLEngineResult result = records.unwrap(record, size, roomy, this::deliver);
        finishHandshakeIf(result);
        boolean again = !roomy && result.getStatus() == Status.BUFFER_OVERFLOW;
        roomy = again;
        return again || record.remaining() < before;
    }

    private void deliver(Bytes plain) {
        if (events != null && !closing) {
            events.received(plain);
        } else {
            link.release(plain);
        }
    }

    private boolean wrap(ByteBuffer[] plain) throws SSLException {
        SSLEngineResult result = records.wrap(plain);
        if (result.bytesConsumed() > 0) {
            output.skip(result.bytesConsumed());
            passedOn = true;
        }
        finishHandshakeIf(result);
        return result.bytesProduced() > 0 || result.getStatus() == Status.BUFFER_OVERFLOW;
    }

    private void finishHandshakeIf(SSLEngineResult result) {
        if (!shaken && result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
            shaken = true;
            cancelTimer();
            if (!handshake.done()) {
                handshake.setResult(null);
            }
        }
    }

    private boolean beginShutdown() {
        if (!closing || engine.isOutboundDone()) {
            return false;
        }
        engine.closeOutbound();
        return true;
    }

    /** What is left to be said when the engine can do no more. */
    private void settle() {
        if (passedOn && output.size() == 0 && events != null && link.unsent() <= low) {
            passedOn = false;
            events.drained();
        }
        boolean inboundDone = engine.isInboundDone() || peerEnded;
        if (inboundDone && failure == null) {
            if (!shaken) {
                fail(errors.endedInHandshake(lostCause));
            } else if (mayRead()) {
                tellEnd();
            }
        }
        if (inboundDone && closing && (engine.isOutboundDone() || lost)) {
            closeLink();
        }
        if (lost) {
            tellLost();
        }
    }

    private void tellEnd() {
        if (!toldEnd) {
            toldEnd = true;
            if (events != null) {
                events.ended();
            }
            close();
        }
    }

    private void tellLost() {
        if (!toldLost && events != null) {
            toldLost = true;
            events.lost(failure != null ? failure : lostCause);
        }
        cancelTimer();
        input.clear();
        output.clear();
        records.release();
    }

    private void fail(IOException cause) {
        if (failure != null) {
            return;
        }
        failure = cause;
        cancelTimer();
        output.clear();
        if (!tasking) {
            sendAlert();
        }
        closeLink();
        timer = loop.callLater(setup.shutdownTimeout(), link::abort);
        if (!handshake.done()) {
            handshake.setException(cause);
        }
    }

    private void sendAlert() {
        for (int i = 0; i < 4 && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP; i++) {
            try {
                wrap(NOTHING);
            } catch (SSLException reported) {
                // The one that this is about; the alert comes with the next call.
            }
        }
    }

    private void closeLink() {
        if (!linkClosed) {
            linkClosed = true;
            link.close();
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    // ---- Link

    @Override
    public void start(WireEvents events) {
        this.events = Objects.requireNonNull(events);
        schedule();
    }

    @Override
    public void write(Bytes data) {
        if (closing || failure != null || lost || data.size() == 0) {
            link.release(data);
        } else {
            output.add(data);
            schedule();
        }
    }

    @Override
    public Bytes copyOf(byte[] data, int offset, int length) {
        return records.copyOf(data, offset, length);
    }

    @Override
    public Bytes copyOf(ByteBuffer data) {
        return records.copyOf(data);
    }

    @Override
    public long unsent() {
        return output.size() + link.unsent();
    }

    @Override
    public void setWaterMarks(int low, int high) {
        this.low = low;
        setLowMark();
    }

    /**
     * Plaintext that waits for the pump counts as unsent, so that the link below may never see the high mark passed. It tells whenever it
     * passes the low one downwards; if it never was above, {@link #settle} tells.
     */
    private void setLowMark() {
        int mark = Math.max(0, low - 1);
        link.setWaterMarks(mark, mark);
    }

    @Override
    public void setReading(boolean reading) {
        if (this.reading != reading) {
            this.reading = reading;
            link.setReading(reading || closing);
            schedule();
        }
    }

    @Override
    public void end() {
        throw new UnsupportedOperationException(
                "Cannot end one direction of a TLS connection; close it, or let the data say where it ends");
    }

    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        if (!shaken) {
            abort();
            return;
        }
        if (failure == null && !lost) {
            timer = loop.callLater(setup.shutdownTimeout(), () -> {
                if (failure == null) {
                    failure = errors.shutdownTimeout();
                }
                link.abort();
            });
        }
        link.setReading(true); // the other side's close_notify is still to come
        schedule();
    }

    @Override
    public void abort() {
        closing = true;
        linkClosed = true;
        link.abort();
    }

    @Override
    public void release(Bytes data) {
        link.release(data);
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return link.localAddress();
    }

    @Override
    public @Nullable SocketAddress peerAddress() {
        return link.peerAddress();
    }

    @Override
    public <T> @Nullable T option(SocketOption<T> option) throws IOException {
        return link.option(option);
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) throws IOException {
        link.setOption(option, value);
    }

    @Override
    public SSLEngine tls() {
        return engine;
    }
}
