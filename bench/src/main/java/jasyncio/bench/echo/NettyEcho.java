package jasyncio.bench.echo;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.net.InetSocketAddress;

/** An echo server as one writes it with Netty alone: a handler on Netty's own event loop, of one thread. Argument: {@code ENGINE}. */
public final class NettyEcho {
    private static final int BACKLOG = 4096;

    private NettyEcho() {}

    private record Transport(IoHandlerFactory handlers, Class<? extends ServerChannel> channel) {
        static Transport of(String engine) {
            return switch (engine) {
                case "NIO" -> new Transport(NioIoHandler.newFactory(), NioServerSocketChannel.class);
                case "EPOLL" -> new Transport(EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
                case "IO_URING" -> new Transport(IoUringIoHandler.newFactory(), IoUringServerSocketChannel.class);
                default -> throw new IllegalArgumentException("Unknown engine '" + engine + "'");
            };
        }
    }

    public static void main(String... arguments) throws InterruptedException {
        Transport transport = Transport.of(arguments[0]);
        var group = new MultiThreadIoEventLoopGroup(1, transport.handlers());
        Channel listening = new ServerBootstrap()
                .group(group)
                .channel(transport.channel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, new AdaptiveByteBufAllocator())
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(Echo.INSTANCE);
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        System.out.println("port " + ((InetSocketAddress) listening.localAddress()).getPort());
        listening.closeFuture().sync();
    }

    @Sharable
    private static final class Echo extends ChannelInboundHandlerAdapter {
        static final Echo INSTANCE = new Echo();

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // the void promise
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.write(message, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}
