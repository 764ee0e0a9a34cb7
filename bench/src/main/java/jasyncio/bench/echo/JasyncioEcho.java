package jasyncio.bench.echo;

import static jasyncio.Asyncio.newEventLoop;

import jasyncio.Runner;
import jasyncio.net.Chunk;
import jasyncio.net.Engine;
import jasyncio.net.Net;
import jasyncio.net.Protocol;
import jasyncio.net.Server;
import jasyncio.net.ServerOptions;
import jasyncio.net.StreamConnection;
import jasyncio.net.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** jasyncio's echo server in three forms, and its server that answers one line. Arguments: {@code FORM ENGINE [KEYSTORE]}; with a key store it speaks TLS. */
public final class JasyncioEcho {
    private static final String HOST = "127.0.0.1";
    private static final int READ_SIZE = 256 * 1024;
    private static final int BACKLOG = 4096;

    private JasyncioEcho() {}

    public static void main(String... arguments) throws Exception {
        Engine engine = Engine.valueOf(arguments[1]);
        SSLContext keys = switch (arguments.length) {
            case 3 -> Keys.server(arguments[2]);
            case 4 -> Keys.nativeServer(arguments[2]);
            default -> null;
        };
        MemoryUse.answer();
        try (var runner = new Runner(o -> o.loopFactory(() -> newEventLoop(l -> l.poller(engine.newPoller()))))) {
            runner.run(() -> serve(arguments[0], keys));
        }
    }

    private static void serve(String form, @Nullable SSLContext keys) throws IOException {
        Server server = start(form, options -> options(options, keys));
        System.out.println("port " + ((InetSocketAddress) server.addresses().getFirst()).getPort());
        server.serveForever();
    }

    private static ServerOptions options(ServerOptions options, @Nullable SSLContext keys) {
        ServerOptions plain = options.backlog(BACKLOG);
        return keys == null ? plain : plain.tls(keys);
    }

    private static Server start(String form, UnaryOperator<ServerOptions> options) throws IOException {
        return switch (form) {
            case "copying" -> Net.startServer(HOST, 0, options, JasyncioEcho::copy);
            case "passing" -> Net.startServer(HOST, 0, options, JasyncioEcho::pass);
            case "line" -> Net.startServer(HOST, 0, options, JasyncioEcho::answerLine);
            case "protocol" -> Net.createServer(Echo::new, HOST, 0, options);
            default ->
                throw new IllegalArgumentException(
                        "Unknown form '" + form + "'; there are copying, passing, protocol and line");
        };
    }

    private static void copy(StreamConnection connection) throws IOException {
        while (true) {
            byte[] data = connection.reader().read(READ_SIZE);
            if (data.length == 0) {
                return;
            }
            connection.writer().write(data);
            connection.writer().drain();
        }
    }

    private static void pass(StreamConnection connection) throws IOException {
        while (true) {
            Chunk chunk = connection.reader().readChunk();
            if (chunk == null) {
                return;
            }
            connection.writer().write(chunk);
            connection.writer().drain();
        }
    }

    /** The server closes when this returns. */
    private static void answerLine(StreamConnection connection) throws IOException {
        connection.writer().write(connection.reader().readLineBytes());
    }

    private static final class Echo implements Protocol {
        private @Nullable Transport transport;

        @Override
        public void connectionMade(Transport transport) {
            this.transport = transport;
        }

        @Override
        public void dataReceived(Chunk data) {
            if (transport != null) {
                transport.write(data);
            }
        }
    }
}
