package jasyncio.net;

import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.Asyncio.toThread;
import static jasyncio.net.Net.openConnection;
import static jasyncio.net.Net.startServer;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import jasyncio.Asyncio;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A server in a process that has used up its descriptors: a program for {@link ExhaustedTest}, which reads what it prints. */
final class Exhausted {
    private static final String HOST = "127.0.0.1";
    private static final int CLIENTS = 3;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Exhausted() {}

    public static void main(String[] args) throws Exception {
        loadClasses();
        EachEngine.Engines.run(Engine.valueOf(args[0]), () -> timeout(ofSeconds(30), Exhausted::serve));
    }

    /** A class in a directory needs a descriptor to be loaded. */
    private static void loadClasses() throws IOException {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path root = Path.of(entry);
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.walk(root)) {
                    files.map(file -> root.relativize(file).toString())
                            .filter(name -> name.startsWith("jasyncio") && name.endsWith(".class"))
                            .forEach(Exhausted::load);
                }
            }
        }
    }

    private static void load(String file) {
        String name = file.substring(0, file.length() - ".class".length()).replace(File.separatorChar, '.');
        try {
            Class.forName(name, false, Exhausted.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // one that this program cannot use anyway
        }
    }

    private static void serve() throws Exception {
        Asyncio.runningLoop()
                .setExceptionHandler(
                        failure -> System.out.println("told: " + failure.message() + " | " + failure.exception()));
        try (var server = startServer(HOST, 0, c -> c.writer().write(c.reader().readLine() + "\n"))) {
            int port = Servers.port(server);
            try (var c = openConnection(HOST, port)) { // loads the rest
                c.writer().write("hello\n");
                System.out.println("before: " + c.reader().readLine());
            }
            try (SocketChannel client =
                    SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                client.write(ByteBuffer.wrap("hello\n".getBytes(US_ASCII)));
                System.out.println("before: " + toThread(() -> answer(client)));
            }
            List<SocketChannel> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(SocketChannel.open());
            }
            List<FileInputStream> files = exhaust();
            try {
                openConnection(HOST, port).close();
            } catch (IOException e) {
                System.out.println("connecting: " + e.getMessage());
            }
            try {
                startServer(HOST, 0, _ -> {}).close();
            } catch (IOException e) {
                System.out.println("listening: " + e.getMessage());
            }
            try {
                Net.openDatagramEndpoint(o -> o.local(HOST, 0)).close();
            } catch (IOException e) {
                System.out.println("datagrams: " + e.getMessage());
            }
            for (SocketChannel client : clients) {
                client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                client.write(ByteBuffer.wrap("hello\n".getBytes(US_ASCII)));
            }
            long busy = THREADS.getCurrentThreadCpuTime();
            sleep(ofMillis(2500));
            System.out.println("busy for ms: " + (THREADS.getCurrentThreadCpuTime() - busy) / 1_000_000);
            for (FileInputStream file : files) {
                file.close();
            }
            for (SocketChannel client : clients) {
                System.out.println("after: " + toThread(() -> answer(client)));
            }
            Servers.end(server);
        }
    }

    private static List<FileInputStream> exhaust() {
        List<FileInputStream> files = new ArrayList<>();
        try {
            while (true) {
                files.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            return files;
        }
    }

    private static String answer(SocketChannel client) throws IOException {
        try (client) {
            var answer = ByteBuffer.allocate(6);
            while (answer.hasRemaining() && client.read(answer) >= 0) {}
            return new String(answer.array(), US_ASCII).strip();
        }
    }
}
