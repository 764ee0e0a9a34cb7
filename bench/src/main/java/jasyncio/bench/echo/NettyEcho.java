package jasyncio.bench.echo;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
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
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * An echo server, or one that answers a line with that line and closes, as one writes it with Netty alone: a handler on Netty's own event loop, of one thread. Arguments: {@code
 * FORM ENGINE [KEYSTORE [native]]}, where FORM is echo or line; with a key store it speaks TLS with the JDK's engine, or with BoringSSL's.
 */
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

    public static void main(String... arguments) throws Exception {
        Transport transport = Transport.of(arguments[1]);
        boolean lines = arguments[0].equals("line");
        SSLContext keys = arguments.length == 3 ? Keys.server(arguments[2]) : null;
        SslContext nativeKeys = arguments.length == 4 ? Keys.nettyServer(arguments[2]) : null;
        MemoryUse.answer();
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
                        if (keys != null) {
                            SSLEngine engine = keys.createSSLEngine();
                            engine.setUseClientMode(false);
                            channel.pipeline().addLast(new SslHandler(engine));
                        }
                        if (nativeKeys != null) {
                            channel.pipeline().addLast(nativeKeys.newHandler(channel.alloc()));
                        }
                        channel.pipeline().addLast(lines ? new AnswerLine() : Echo.INSTANCE);
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

    private static final class AnswerLine extends ChannelInboundHandlerAdapter {
        /** The beginning of a line that came in several pieces. */
        private @Nullable ByteBuf beginning;

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // the listener hears of it
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf line = (ByteBuf) message;
            if (beginning != null) {
                line = beginning.writeBytes(line);
                ((ByteBuf) message).release();
                beginning = null;
            }
            if (line.indexOf(line.readerIndex(), line.writerIndex(), (byte) '\n') >= 0) {
                context.writeAndFlush(line).addListener(ChannelFutureListener.CLOSE);
            } else {
                beginning = line;
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (beginning != null) {
                beginning.release();
                beginning = null;
            }
        }
    }
}
