package jasyncio.net.netty;

import io.netty.channel.Channel;
import java.util.function.Consumer;

/**
 * Where a connection goes that was accepted: a loop, which need not be the one that listens.
 *
 * @param poller the loop's
 * @param owner given the connection, on the bare loop thread of that loop
 */
public record Recipient(NettyPoller poller, Consumer<Wire> owner) {
    void receive(Channel accepted, NettyPoller listening) {
        if (poller == listening) {
            poller.take(accepted, owner);
        } else {
            poller.adopt(accepted, owner);
        }
    }
}
