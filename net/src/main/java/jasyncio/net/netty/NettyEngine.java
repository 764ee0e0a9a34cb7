package jasyncio.net.netty;

import io.netty.channel.Channel;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueDomainSocketChannel;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerDomainSocketChannel;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The I/O handlers of Netty. A native one needs its classes, its library for this machine, and a kernel that allows it. */
public enum NettyEngine {
    NIO,
    EPOLL,
    IO_URING,
    KQUEUE;

    /**
     * How many sockets are looked after in one iteration, where that can be chosen.
     *
     * <p>What they receive is sent on only after all of them were read. With many at a time it has left the processor's caches until then: with 50, an echo
     * of 100 KiB takes a fourth more CPU time. To ask the kernel more often costs a fiftieth of an echo of 1 KiB at most.
     */
    private static final int BATCH = 8;

    static {
        // With one poll for many arrivals Netty 4.2.18 misses a reset that comes while a read is under way, and the
        // connection waits for ever. To ask anew for
        // each arrival costs nothing to speak of. A user who knows better has the last word.
        if (System.getProperty("io.netty.iouring.pollAddMultishotEnabled") == null) {
            System.setProperty("io.netty.iouring.pollAddMultishotEnabled", "false");
        }
    }

    /** Returns why this one cannot be used here, or null if it can. */
    public @Nullable String unavailable() {
        try {
            Throwable cause = switch (this) {
                case NIO -> null;
                case EPOLL -> Epoll.unavailabilityCause();
                case IO_URING -> IoUring.unavailabilityCause();
                case KQUEUE -> KQueue.unavailabilityCause();
            };
            return cause == null ? null : describe(cause);
        } catch (LinkageError e) {
            return "its jar is not on the path";
        }
    }

    static String describe(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof NoClassDefFoundError || root.getMessage() == null ? root.toString() : root.getMessage();
    }

    IoHandlerFactory handlers() {
        return switch (this) {
            case NIO -> NioIoHandler.newFactory();
            case EPOLL -> EpollIoHandler.newFactory(BATCH, DefaultSelectStrategyFactory.INSTANCE);
            case IO_URING -> IoUringIoHandler.newFactory();
            case KQUEUE -> KQueueIoHandler.newFactory(BATCH, DefaultSelectStrategyFactory.INSTANCE);
        };
    }

    Supplier<Channel> sockets() {
        return switch (this) {
            case NIO -> NioSocketChannel::new;
            case EPOLL -> EpollSocketChannel::new;
            case IO_URING -> IoUringSocketChannel::new;
            case KQUEUE -> KQueueSocketChannel::new;
        };
    }

    Supplier<ServerChannel> serverSockets() {
        return switch (this) {
            case NIO -> NioServerSocketChannel::new;
            case EPOLL -> EpollServerSocketChannel::new;
            case IO_URING -> IoUringServerSocketChannel::new;
            case KQUEUE -> KQueueServerSocketChannel::new;
        };
    }

    Supplier<Channel> unixSockets() {
        return switch (this) {
            case NIO -> NioDomainSocketChannel::new;
            case EPOLL -> EpollDomainSocketChannel::new;
            case IO_URING -> IoUringDomainSocketChannel::new;
            case KQUEUE -> KQueueDomainSocketChannel::new;
        };
    }

    Supplier<ServerChannel> unixServerSockets() {
        return switch (this) {
            case NIO -> NioServerDomainSocketChannel::new;
            case EPOLL -> EpollServerDomainSocketChannel::new;
            case IO_URING -> IoUringServerDomainSocketChannel::new;
            case KQUEUE -> KQueueServerDomainSocketChannel::new;
        };
    }
}
