package jasyncio.net;

import static jasyncio.Asyncio.timeout;
import static jasyncio.Asyncio.toThread;
import static jasyncio.net.EachEngine.Engines.run;
import static jasyncio.net.Net.openConnection;
import static jasyncio.net.Net.startServer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams with programs that know nothing of us on the other side, where the machine has them. */
@Timeout(60)
class PeersTest {
    private static final String HOST = "127.0.0.1";
    private static final byte[] LARGE = new byte[5_000_000];

    static {
        new Random(9).nextBytes(LARGE);
    }

    private static void assume(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            assumeTrue(process.waitFor() == 0, command[0]);
        } catch (IOException e) {
            assumeTrue(false, command[0] + " is not there: " + e.getMessage());
        }
    }

    /** Runs a program and returns what it prints. */
    private static String output(List<String> command, byte[] input) throws IOException {
        return toThread(() -> {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                try (OutputStream in = process.getOutputStream()) {
                    in.write(input);
                }
                String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
                assertEquals(0, process.waitFor(), command + " printed " + printed);
                return printed;
            } finally {
                process.destroyForcibly();
            }
        });
    }

    // ---- curl

    /** Reads a request with its body, and returns how long that was; -1 at the end of the connection. */
    private static int request(StreamReader reader) throws IOException {
        int length = 0;
        String line = reader.readLine();
        if (line == null) {
            return -1;
        }
        for (; line != null && !line.isEmpty(); line = reader.readLine()) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return reader.readExactly(length).length;
    }

    private static void answer(StreamConnection c) throws IOException {
        for (int length; (length = request(c.reader())) >= 0; ) {
            byte[] body = length == 0 ? LARGE : ("took " + length + "\n").getBytes(UTF_8);
            c.writer().write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n");
            c.writer().write(body);
            c.writer().drain();
        }
    }

    @EachEngine
    void curl_uploadsAndDownloadsOverOneConnection(Engine engine, @TempDir Path directory) throws Exception {
        assume("curl", "--version");
        Path file = Files.write(directory.resolve("up"), LARGE);
        Path down = directory.resolve("down");
        var connections = new int[1];
        run(
                engine,
                () -> timeout(ofSeconds(30), () -> {
                    try (var server = startServer(HOST, 0, c -> {
                        connections[0]++;
                        answer(c);
                    })) {
                        String url = "http://" + HOST + ":" + Servers.port(server) + "/";
                        String printed = output(
                                List.of(
                                        "curl",
                                        "-sS",
                                        "--noproxy",
                                        "*",
                                        "-H",
                                        "Expect:",
                                        "--data-binary",
                                        "@" + file,
                                        url,
                                        "--next",
                                        "-sS",
                                        "--noproxy",
                                        "*",
                                        "-o",
                                        down.toString(),
                                        url),
                                new byte[0]);
                        assertEquals("took " + LARGE.length + "\n", printed);
                        Servers.end(server);
                    }
                }));
        assertArrayEquals(LARGE, Files.readAllBytes(down));
        assertEquals(1, connections[0], "connections");
    }

    // ---- nc

    @EachEngine
    void nc_sendsEndsAndHearsTheEcho(Engine engine) throws Exception {
        assume("sh", "-c", "nc -h 2>&1 | grep -q -e -N"); // there are several programs of this name
        run(
                engine,
                () -> timeout(ofSeconds(30), () -> {
                    try (var server = startServer(
                            HOST, 0, c -> c.writer().write(c.reader().readAll()))) {
                        String port = Integer.toString(Servers.port(server));
                        assertEquals(
                                "hello\nworld\n",
                                output(List.of("nc", "-N", HOST, port), "hello\nworld\n".getBytes(UTF_8)));
                        Servers.end(server);
                    }
                }));
    }

    // ---- redis-cli

    private static void serveRedis(StreamConnection c) throws IOException {
        for (String head; (head = c.reader().readLine()) != null; ) {
            List<String> words = new ArrayList<>();
            for (int i = Integer.parseInt(head.substring(1)); i > 0; i--) {
                int size = Integer.parseInt(c.reader().readLine().substring(1));
                words.add(new String(c.reader().readExactly(size + 2), 0, size, UTF_8));
            }
            byte[] last = words.getLast().getBytes(UTF_8);
            switch (words.getFirst()) {
                case "PING" -> c.writer().write("+PONG\r\n");
                case "ECHO" -> {
                    c.writer().write("$" + last.length + "\r\n");
                    c.writer().write(last);
                    c.writer().write("\r\n");
                }
                default -> c.writer().write("-ERR unknown command\r\n");
            }
            c.writer().drain();
        }
    }

    @EachEngine
    void redisCli_talksToAnEchoOfItsProtocol(Engine engine) throws Exception {
        assume("redis-cli", "--version");
        run(
                engine,
                () -> timeout(ofSeconds(30), () -> {
                    try (var server = startServer(HOST, 0, PeersTest::serveRedis)) {
                        List<String> cli =
                                List.of("redis-cli", "-h", HOST, "-p", Integer.toString(Servers.port(server)));
                        List<String> echo = new ArrayList<>(cli);
                        echo.addAll(List.of("ECHO", "hello, wörld"));
                        assertEquals("hello, wörld\n", output(echo, new byte[0]));
                        String many = "PING\nECHO again\n".repeat(500);
                        assertEquals("PONG\nagain\n".repeat(500), output(cli, many.getBytes(UTF_8)));
                        Servers.end(server);
                    }
                }));
    }

    // ---- Python's asyncio

    private static final String PYTHON_CLIENT = """
            import asyncio, sys
            async def main():
                data = sys.stdin.buffer.read()
                reader, writer = await asyncio.open_connection("127.0.0.1", int(sys.argv[1]))
                writer.write(data)
                await writer.drain()
                writer.write_eof()
                back = await reader.read()
                writer.close()
                await writer.wait_closed()
                print("same" if back == data else "different: %d" % len(back))
            asyncio.run(main())
            """;

    @EachEngine
    void pythonClient_sendsMuchAndHalfCloses_hearsAllOfItBack(Engine engine) throws Exception {
        assume("python3", "-c", "import asyncio");
        run(
                engine,
                () -> timeout(ofSeconds(30), () -> {
                    try (var server = startServer(
                            HOST, 0, c -> c.writer().write(c.reader().readAll()))) {
                        String port = Integer.toString(Servers.port(server));
                        assertEquals(
                                "same",
                                output(List.of("python3", "-c", PYTHON_CLIENT, port), LARGE)
                                        .strip());
                        Servers.end(server);
                    }
                }));
    }

    /** What the server does with one connection, as its first line says. */
    private static final String PYTHON_SERVER = """
            import asyncio
            async def serve(reader, writer):
                what = (await reader.readline()).strip()
                if what == b"end first":
                    writer.write(b"that is all\\n")
                    writer.write_eof()
                    print("after the end:", len(await reader.read()), flush=True)
                elif what == b"close":
                    writer.write(b"half a li")
                elif what == b"reset":
                    writer.transport.abort()
                elif what == b"echo":
                    while data := await reader.read(65536):
                        writer.write(data)
                        await writer.drain()
                writer.close()
            async def main():
                server = await asyncio.start_server(serve, "127.0.0.1", 0)
                print(server.sockets[0].getsockname()[1], flush=True)
                await server.serve_forever()
            asyncio.run(main())
            """;

    @EachEngine
    void pythonServer_endsClosesResetsAndEchoes(Engine engine) throws Exception {
        assume("python3", "-c", "import asyncio");
        Process python = new ProcessBuilder("python3", "-c", PYTHON_SERVER)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var printed = python.inputReader(UTF_8)) {
            int port = Integer.parseInt(printed.readLine());
            run(
                    engine,
                    () -> timeout(ofSeconds(30), () -> {
                        try (var c = openConnection(HOST, port)) {
                            c.writer().write("end first\n");
                            assertEquals("that is all", c.reader().readLine());
                            assertNull(c.reader().readLine());
                            c.writer().write(LARGE); // this direction is still open
                            c.writer().drain();
                        }
                        assertEquals("after the end: " + LARGE.length, toThread(printed::readLine));
                        try (var c = openConnection(HOST, port)) {
                            c.writer().write("close\n");
                            var end = assertThrows(
                                    IncompleteReadException.class,
                                    () -> c.reader().readUntil("\n".getBytes(UTF_8)));
                            assertEquals("half a li", new String(end.partial(), UTF_8));
                        }
                        var reset = openConnection(HOST, port);
                        reset.writer().write("reset\nand more\n");
                        reset.reader().readAll(); // aborting sends what asyncio has not read as a reset, or an end
                        reset.writer().abort();
                        try (var c = openConnection(HOST, port)) {
                            c.writer().write("echo\n");
                            var sending = jasyncio.Asyncio.createTask(() -> {
                                c.writer().write(LARGE);
                                c.writer().drain();
                                c.writer().writeEof();
                            });
                            assertArrayEquals(LARGE, c.reader().readAll());
                            jasyncio.Asyncio.await(sending);
                        }
                    }));
        } finally {
            python.destroyForcibly().waitFor();
        }
    }
}
