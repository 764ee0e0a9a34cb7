package jasyncio.net;

import jasyncio.Context;
import jasyncio.EventLoop;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Somebody on a loop who waits for one direction of a JDK channel. Told by {@link ChannelWatch}, in a callback of that loop. */
final class Interest {
    /** The two things that a channel can be waited on for at a time. */
    enum Side {
        READING("reading", "reader"),
        WRITING("writing", "writer");

        final String doing;
        final String who;

        Side(String doing, String who) {
            this.doing = doing;
            this.who = who;
        }

        static Side of(int operation) {
            return (operation & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT)) != 0 ? READING : WRITING;
        }
    }

    final EventLoop loop;
    final SelectableChannel channel;
    final int operation;

    /** It is armed again by itself after each time, and another one like it may take its place. */
    final boolean repeated;

    /** Whoever waited has given up, though it has not yet come to say so. For the loop's thread. */
    private final BooleanSupplier abandoned;

    private final Context context;
    private final Runnable ready;
    private final Consumer<IOException> broken;

    /** The selector is to look out for it. Guarded by the watch. */
    boolean armed = true;

    /** @param operation one of those of {@link SelectionKey} */
    Interest(
            EventLoop loop,
            SelectableChannel channel,
            int operation,
            boolean repeated,
            BooleanSupplier abandoned,
            Context context,
            Runnable ready,
            Consumer<IOException> broken) {
        this.loop = loop;
        this.channel = channel;
        this.operation = operation;
        this.repeated = repeated;
        this.abandoned = abandoned;
        this.context = context;
        this.ready = ready;
        this.broken = broken;
    }

    boolean mayReplace(Interest other) {
        return other.loop.closed()
                || (loop == other.loop && (other.abandoned.getAsBoolean() || (repeated && other.repeated)));
    }

    Side side() {
        return Side.of(operation);
    }

    void tellReady() {
        hand(ready);
    }

    void tellBroken(IOException cause) {
        hand(() -> broken.accept(cause));
    }

    private void hand(Runnable news) {
        try {
            loop.callSoonThreadsafe(news, context);
        } catch (IllegalStateException closed) {
            // Nobody is left on that loop who could hear of it.
        }
    }
}
