package jasyncio.net;

import jasyncio.EventLoop;
import jasyncio.LowLevel;
import jasyncio.net.netty.NettyPoller;

/** Finds what a loop waits for its sockets with. */
final class Sockets {
    private Sockets() {}

    static NettyPoller of(EventLoop loop) {
        return LowLevel.poller(
                loop, NettyPoller.class, () -> (NettyPoller) Engine.best().newPoller());
    }
}
