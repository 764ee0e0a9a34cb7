package jasyncio.net;

import jasyncio.Context;
import jasyncio.EventLoop;
import java.io.IOException;
import java.nio.channels.SelectableChannel;

/** A callback of the user's that is called whenever a channel is ready, until it is removed. */
final class ChannelCallback {
    private final Interest interest;
    private final Runnable callback;

    ChannelCallback(EventLoop loop, SelectableChannel channel, int operation, Runnable callback) {
        this.callback = callback;
        this.interest =
                new Interest(loop, channel, operation, true, () -> false, Context.copyCurrent(), this::call, _ -> {});
    }

    void begin() throws IOException {
        ChannelWatch.SHARED.add(interest);
    }

    private void call() {
        if (!ChannelWatch.SHARED.holds(interest)) { // removed since it was ready
            return;
        }
        try {
            callback.run();
        } finally {
            ChannelWatch.SHARED.arm(interest);
        }
    }
}
