package jasyncio.net.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One listening channel. */
public final class Listener extends ChannelInboundHandlerAdapter {
    private final NettyPoller poller;
    private final Channel channel;
    private final Settings.Listen settings;
    private final Supplier<Recipient> recipients;
    private final BiConsumer<? super Listener, ? super IOException> refused;

    /** It was told that no connection can be accepted, and waits for {@link #resume}. */
    private boolean paused;

    private @Nullable SocketFile file;

    Listener(
            NettyPoller poller,
            Channel channel,
            Settings.Listen settings,
            Supplier<Recipient> recipients,
            BiConsumer<? super Listener, ? super IOException> refused) {
        this.poller = poller;
        this.channel = channel;
        this.settings = settings;
        this.recipients = recipients;
        this.refused = refused;
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(this);
        settings.apply(channel);
    }

    /** @param file the one that it listens on, or null if it listens on a port */
    void bound(@Nullable SocketFile file) {
        this.file = file;
        if (file != null) {
            file.bound();
        }
    }

    /** Begins to accept. */
    public void start() {
        poller.later(this::accept);
    }

    /** Goes on to accept after that was refused. */
    public void resume() {
        poller.later(this::accept);
    }

    private void accept() {
        paused = false;
        if (channel.isOpen()) {
            channel.config().setAutoRead(true);
        }
    }

    /**
     * Stops listening; what it accepted stays.
     *
     * @param closed called when the address is free again, on the bare loop thread
     */
    public void close(Runnable closed) {
        poller.later(() -> {
            releaseFile();
            channel.close().addListener(_ -> closed.run());
        });
    }

    private void releaseFile() {
        try {
            if (file != null) {
                file.closing(channel);
            }
        } catch (IOException e) {
            poller.report(e);
        }
    }

    public @Nullable SocketAddress address() {
        return file == null ? channel.localAddress() : file.address();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel child = (Channel) message;
        try {
            if (settings.keepAlive()) {
                Settings.set(child, ChannelOption.SO_KEEPALIVE, true);
            }
        } catch (ChannelException gone) {
            child.unsafe().closeForcibly();
            return;
        }
        recipients.get().receive(child, poller);
    }

    /**
     * The system has no descriptor left, or no memory: the connections that wait would be tried again and again. So none is accepted for a
     * while. The failure of a single connection that was gone before it was accepted is no reason to wait.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable e) {
        if (!(e instanceof IOException io)) {
            poller.report(e);
        } else if (!paused) {
            paused = true;
            channel.config().setAutoRead(false);
            if (String.valueOf(io.getMessage()).contains("connection abort")) {
                resume();
            } else {
                poller.told();
                refused.accept(this, io);
            }
        }
    }
}
