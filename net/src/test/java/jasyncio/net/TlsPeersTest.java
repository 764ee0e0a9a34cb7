package jasyncio.net;

import static jasyncio.Asyncio.timeout;
import static jasyncio.Asyncio.toThread;
import static jasyncio.net.Certificates.CLIENT;
import static jasyncio.net.Certificates.LOCALHOST;
import static jasyncio.net.Certificates.context;
import static jasyncio.net.EachEngine.Engines.run;
import static jasyncio.net.Net.openConnection;
import static jasyncio.net.Net.startServer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.io.TempDir;

/** TLS with programs that know nothing of us on the other side, where the machine has them. */
class TlsPeersTest {
    private static final String HOST = "127.0.0.1";

    private static void assume(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assumeTrue(process.waitFor() == 0, command[0]);
        } catch (IOException e) {
            assumeTrue(false, command[0] + " is not there: " + e.getMessage());
        }
    }

    private static Server pages(SSLContext context) throws IOException {
        return startServer(HOST, 0, o -> o.tls(context), c -> {
            String request = c.reader().readLine();
            for (String line = request;
                    line != null && !line.isEmpty();
                    line = c.reader().readLine()) {}
            String body = "you asked for " + request + "\n";
            c.writer()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n"
                            + body);
            c.writer().drain();
        });
    }

    private static String output(Process process, String input) throws IOException {
        return toThread(() -> {
            try (var in = process.outputWriter(UTF_8)) {
                in.write(input);
            }
            return new String(process.getInputStream().readAllBytes(), UTF_8);
        });
    }

    private static Path certificate(Path directory) throws Exception {
        return Files.writeString(directory.resolve("certificate.pem"), Certificates.certificatePem(LOCALHOST));
    }

    @EachEngine
    void curl_fetchesFromOurServer(Engine engine, @TempDir Path directory) throws Exception {
        assume("curl", "--version");
        Path trusted = certificate(directory);
        SSLContext serving = context(LOCALHOST, CLIENT);
        run(engine, () -> {
            try (var server = pages(serving)) {
                int port = ((InetSocketAddress) server.addresses().getFirst()).getPort();
                Process curl = new ProcessBuilder(
                                "curl",
                                "-sS",
                                "--noproxy",
                                "*",
                                "--cacert",
                                trusted.toString(),
                                "https://127.0.0.1:" + port + "/x")
                        .redirectErrorStream(true)
                        .start();
                String said = timeout(ofSeconds(30), () -> output(curl, ""));
                assertEquals("you asked for GET /x HTTP/1.1\n", said);
            }
        });
    }

    @EachEngine
    void openssl_talksToOurServer(Engine engine, @TempDir Path directory) throws Exception {
        assume("openssl", "version");
        Path trusted = certificate(directory);
        SSLContext serving = context(LOCALHOST, CLIENT);
        run(engine, () -> {
            for (String version : new String[] {"-tls1_2", "-tls1_3"}) {
                try (var server = pages(serving)) {
                    int port = ((InetSocketAddress) server.addresses().getFirst()).getPort();
                    Process openssl = new ProcessBuilder(
                                    "openssl",
                                    "s_client",
                                    version,
                                    "-connect",
                                    HOST + ":" + port,
                                    "-CAfile",
                                    trusted.toString(),
                                    "-verify_return_error",
                                    "-verify_ip",
                                    HOST,
                                    "-quiet",
                                    "-ign_eof")
                            .redirectErrorStream(true)
                            .start();
                    String said = timeout(ofSeconds(30), () -> output(openssl, "GET /y HTTP/1.1\r\n\r\n"));
                    assertTrue(said.endsWith("you asked for GET /y HTTP/1.1\n"), said);
                }
            }
        });
    }

    private static final String PYTHON_SERVER = """
            import asyncio, ssl, sys
            async def serve(reader, writer):
                assert await reader.readline() == b'STARTTLS\\n'
                writer.write(b'go on\\n')
                await writer.drain()
                context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
                context.load_cert_chain(sys.argv[1])
                await writer.start_tls(context)
                while data := await reader.read(100000):
                    writer.write(data)
                    await writer.drain()
                writer.close()
            async def main():
                server = await asyncio.start_server(serve, '127.0.0.1', 0)
                print(server.sockets[0].getsockname()[1], flush=True)
                await asyncio.sleep(60)
            asyncio.run(main())
            """;

    @EachEngine
    void python_servesOurClient_whichUpgrades(Engine engine, @TempDir Path directory) throws Exception {
        assume("python3", "-c", "import asyncio, ssl; asyncio.StreamWriter.start_tls");
        Path script = Files.writeString(directory.resolve("server.py"), PYTHON_SERVER);
        Path pair = Files.writeString(
                directory.resolve("pair.pem"), Certificates.keyPem(LOCALHOST) + Certificates.certificatePem(LOCALHOST));
        SSLContext trusting = context(null, LOCALHOST);
        Process python = new ProcessBuilder("python3", script.toString(), pair.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            int port = Integer.parseInt(python.inputReader(UTF_8).readLine());
            run(
                    engine,
                    () -> timeout(ofSeconds(30), () -> {
                        try (var c = openConnection(HOST, port)) {
                            c.writer().write("STARTTLS\n");
                            assertEquals("go on", c.reader().readLine());
                            c.writer().startTls(trusting);
                            for (int size : new int[] {1, 1_000, 16_384, 200_000}) {
                                c.writer().write(new byte[size]);
                                c.writer().drain();
                                assertEquals(size, c.reader().readExactly(size).length);
                            }
                        }
                    }));
        } finally {
            python.destroyForcibly();
            python.waitFor();
        }
    }
}
