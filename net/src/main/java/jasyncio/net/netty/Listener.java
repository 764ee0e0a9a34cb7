package jasyncio.net.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.net.SocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One listening channel. */
public final class Listener extends ChannelInboundHandlerAdapter {
    private final NettyPoller poller;
    private final Channel channel;
    private final Settings.Listen settings;
    private final Supplier<Recipient> recipients;

    Listener(NettyPoller poller, Channel channel, Settings.Listen settings, Supplier<Recipient> recipients) {
        this.poller = poller;
        this.channel = channel;
        this.settings = settings;
        this.recipients = recipients;
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(this);
        settings.apply(channel);
    }

    /** Begins to accept. */
    public void start() {
        poller.later(() -> channel.config().setAutoRead(true));
    }

    /**
     * Stops listening; what it accepted stays.
     *
     * @param closed called when the address is free again, on the bare loop thread
     */
    public void close(Runnable closed) {
        poller.later(() -> channel.close().addListener(_ -> closed.run()));
    }

    public @Nullable SocketAddress address() {
        return SocketAddresses.jdks(channel.localAddress());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel child = (Channel) message;
        if (settings.keepAlive()) {
            Settings.set(child, ChannelOption.SO_KEEPALIVE, true);
        }
        recipients.get().receive(child, poller);
    }
}
