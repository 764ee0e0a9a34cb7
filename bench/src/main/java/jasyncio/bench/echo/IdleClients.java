package jasyncio.bench.echo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Clients that have one message echoed, one client after the other, and then stay connected and silent. */
public final class IdleClients {
    /** What a line starts with that says how many are connected. */
    public static final String MARK = "connected ";

    private static final int MESSAGE_SIZE = 1024;

    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_SIZE);
    private final InetSocketAddress server;

    private IdleClients(int port) {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** {@code PORT SOME MORE}: connects the first ones, then as many more when a line comes on the standard input, and keeps them until the next line. */
    public static void main(String... arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("Takes PORT SOME MORE; start it through Bench");
        }
        var clients = new IdleClients(Integer.parseInt(arguments[0]));
        for (int i = 1; i <= 2; i++) {
            clients.connect(Integer.parseInt(arguments[i]));
            System.out.println(MARK + clients.channels.size());
            waitForLine();
        }
    }

    private static void waitForLine() throws IOException {
        int c;
        do {
            c = System.in.read();
        } while (c >= 0 && c != '\n');
    }

    private void connect(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(server);
            channels.add(channel);
            channel.write(message.clear());
            message.clear();
            while (message.hasRemaining()) {
                if (channel.read(message) < 0) {
                    throw new IOException("The server has closed a connection");
                }
            }
        }
    }
}
