package jasyncio.blocking;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The rows about sockets: an interrupt closes them. */
final class Sockets {
    private Sockets() {}

    static Stream<Scene.Row> rows() {
        return Stream.of(
                new Scene.Row("Socket read", Sockets::read),
                new Scene.Row("Socket write", Sockets::write),
                new Scene.Row("ServerSocket.accept", Sockets::accept),
                new Scene.Row("Socket connect", Sockets::connect),
                new Scene.Row("SocketChannel.read", Sockets::channelRead),
                new Scene.Row("ServerSocketChannel.accept", Sockets::channelAccept));
    }

    private static ServerSocket server(int backlog) throws IOException {
        return new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
    }

    private static Scene read() throws IOException {
        var server = server(1);
        var client = new Socket(server.getInetAddress(), server.getLocalPort());
        var peer = server.accept();
        return Scene.of(
                SocketException.class,
                () -> client.getInputStream().read(),
                () -> peer.getOutputStream().write(1),
                () -> closeAll(client, peer, server));
    }

    /** Writes more than the buffers of both sides hold, until the peer has read it all. */
    private static Scene write() throws IOException {
        var server = server(1);
        var client = new Socket(server.getInetAddress(), server.getLocalPort());
        var peer = server.accept();
        byte[] much = new byte[16 << 20];
        return Scene.of(
                SocketException.class,
                () -> client.getOutputStream().write(much),
                () -> peer.getInputStream().skipNBytes(much.length),
                () -> closeAll(client, peer, server));
    }

    private static Scene accept() throws IOException {
        var server = server(1);
        List<Closeable> open = new ArrayList<>(List.of(server));
        return Scene.of(
                SocketException.class,
                () -> open.add(server.accept()),
                () -> open.add(new Socket(server.getInetAddress(), server.getLocalPort())),
                () -> closeAll(open.toArray(Closeable[]::new)));
    }

    /** A server whose backlog is full answers no one, until it accepts and the system tries again. */
    private static Scene connect() throws IOException {
        var server = server(1);
        var address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
        List<Closeable> open = new ArrayList<>(List.of(server));
        for (int i = 0; i < 4; i++) {
            var filler = SocketChannel.open();
            filler.configureBlocking(false);
            boolean _ = filler.connect(address);
            open.add(filler);
        }
        var client = new Socket();
        open.add(client);
        return Scene.of(
                SocketException.class,
                () -> client.connect(address),
                () -> {
                    server.setSoTimeout(20); // the last one may be connected already, and not know yet
                    while (!client.isConnected()) {
                        try {
                            open.add(server.accept());
                        } catch (SocketTimeoutException e) {
                            // look again
                        }
                    }
                },
                () -> closeAll(open.toArray(Closeable[]::new)));
    }

    private static Scene channelRead() throws IOException {
        var server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        var client = SocketChannel.open(server.getLocalAddress());
        var peer = server.accept();
        return Scene.of(
                ClosedByInterruptException.class,
                () -> client.read(ByteBuffer.allocate(1)),
                () -> peer.write(ByteBuffer.wrap(new byte[1])),
                () -> closeAll(client, peer, server));
    }

    private static Scene channelAccept() throws IOException {
        var server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        List<Closeable> open = new ArrayList<>(List.of(server));
        return Scene.of(
                ClosedByInterruptException.class,
                () -> open.add(server.accept()),
                () -> open.add(SocketChannel.open(server.getLocalAddress())),
                () -> closeAll(open.toArray(Closeable[]::new)));
    }

    private static void closeAll(Closeable... all) throws IOException {
        for (Closeable each : all) {
            each.close();
        }
    }
}
