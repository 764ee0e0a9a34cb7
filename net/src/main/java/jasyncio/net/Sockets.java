package jasyncio.net;

import jasyncio.EventLoop;
import jasyncio.LowLevel;
import jasyncio.net.netty.NettyPoller;

/** Finds what a loop waits for its sockets with. */
final class Sockets {
    private Sockets() {}

    static NettyPoller of(EventLoop loop) {
        NettyPoller poller = LowLevel.poller(
                loop, NettyPoller.class, () -> (NettyPoller) Engine.best().newPoller());
        if (!poller.reports()) {
            poller.reportTo(mistake -> report(loop, mistake));
        }
        return poller;
    }

    /** On the bare loop thread, where the user's exception handler may not be called. */
    private static void report(EventLoop loop, Throwable mistake) {
        if (!loop.closed()) {
            loop.callSoon(() -> loop.callExceptionHandler(
                    new EventLoop.Failure("Exception in the network code of the loop", mistake, null)));
        }
    }
}
