package jasyncio.net.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.net.SocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One listening channel. */
public final class Listener extends ChannelInboundHandlerAdapter {
    private final NettyPoller poller;
    private final Channel channel;
    private final Settings.Listen settings;
    private final Consumer<Wire> accepted;

    Listener(NettyPoller poller, Channel channel, Settings.Listen settings, Consumer<Wire> accepted) {
        this.poller = poller;
        this.channel = channel;
        this.settings = settings;
        this.accepted = accepted;
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(this);
        settings.apply(channel);
    }

    /** Begins to accept. */
    public void start() {
        poller.later(() -> channel.config().setAutoRead(true));
    }

    /** Stops listening; what it accepted stays. */
    public void close() {
        poller.later(channel::close);
    }

    public @Nullable SocketAddress address() {
        return SocketAddresses.jdks(channel.localAddress());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel child = (Channel) message;
        var wire = new Wire(poller, child);
        if (settings.keepAlive()) {
            Settings.set(child, ChannelOption.SO_KEEPALIVE, true);
        }
        poller.register(child);
        accepted.accept(wire);
    }
}
