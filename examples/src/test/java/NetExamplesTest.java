import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the network talk to each other, and to programs that know nothing of them. */
@Timeout(180)
class NetExamplesTest {
    private static final String HOST = "127.0.0.1";

    @TempDir
    static Path temporary;

    private static NetPrograms programs;

    @BeforeAll
    static void compile() throws IOException {
        programs = NetPrograms.compile("examples/net", temporary);
    }

    /** Sends {@code data} through a socket of the JDK, ends that direction, and returns what comes back. */
    private static byte[] exchange(String port, byte[] data) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(data);
                    socket.shutdownOutput();
                } catch (IOException _) {
                    // what comes back tells
                }
            });
            byte[] answer = socket.getInputStream().readAllBytes();
            sender.join();
            return answer;
        }
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    // ---- echo

    @Test
    void echo_clientGetsBackWhatItSends() throws Exception {
        try (var server = programs.start("EchoServer", "0")) {
            String port = server.port();
            try (var client = programs.start("EchoClient", HOST, port, "one", "two three")) {
                assertEquals("""
                        sent     one
                        received one
                        sent     two three
                        received two three
                        """, client.output());
            }
            server.lineWith("is here");
            assertTrue(server.line().matches("/127\\.0\\.0\\.1:\\d+ is done after 14 bytes"), server::toString);
        }
    }

    @Test
    void echo_foreignClientGetsBackFiveMegabytes() throws Exception {
        byte[] data = random(5_000_000);
        try (var server = programs.start("EchoServer", "0")) {
            assertArrayEquals(data, exchange(server.port(), data));
            server.lineWith("is done after 5000000 bytes");
        }
    }

    @Test
    void echoClient_withoutServer_saysSo() throws Exception {
        int free;
        try (var socket = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (var client = programs.start("EchoClient", HOST, Integer.toString(free))) {
            String said = client.output();
            assertTrue(said.startsWith("Cannot connect to 127.0.0.1:" + free + ": Connection refused"), said);
        }
    }

    @Test
    void echo_whatIsNoPort_isNamed() throws Exception {
        for (String text : List.of("nonsense", "65536", "-1", "")) {
            try (var server = programs.start("EchoServer", text)) {
                assertEquals("", server.outputOf(2));
                assertEquals("A port is a number from 0 to 65535, not '" + text + "'\n", server.errors());
            }
        }
    }

    @Test
    void echo_withPlainJava_worksToo() throws Exception {
        try (var server = programs.startWith(List.of(), "EchoServer", "0");
                var client = programs.startWith(List.of(), "EchoClient", HOST, server.port(), "plain")) {
            assertEquals("sent     plain\nreceived plain\n", client.output());
        }
    }

    @Test
    void echo_onNio_worksToo() throws Exception {
        var flags = List.of("-Djasyncio.backend=portable", "-Djasyncio.engine=nio");
        try (var server = programs.startWith(flags, "EchoServer", "0")) {
            assertArrayEquals("nio".getBytes(UTF_8), exchange(server.port(), "nio".getBytes(UTF_8)));
            assertEquals("", server.errors());
        }
    }

    // ---- chat

    @Test
    void chat_eachHearsWhatTheOthersSay() throws Exception {
        try (var server = programs.start("ChatServer", "serve", "0")) {
            String port = server.port();
            try (var ann = programs.start("ChatServer", "join", "ann", port)) {
                assertEquals("* welcome, ann; here are []", ann.line());
                server.lineWith("* ann came");
                try (var bob = programs.start("ChatServer", "join", "bob", port)) {
                    assertEquals("* welcome, bob; here are [ann]", bob.line());
                    assertEquals("* bob came", ann.line());
                    bob.type("hello");
                    assertEquals("bob: hello", ann.line());
                    ann.type("hi, bob");
                    assertEquals("bob: hello", bob.line());
                    assertEquals("ann: hi, bob", bob.line());
                    bob.endInput();
                    bob.output();
                }
                ann.lineWith("* bob left");
                assertEquals(
                        "* the first line must be a name that nobody has\n",
                        new String(exchange(port, "ann\n".getBytes(UTF_8)), UTF_8));
                ann.endInput();
                ann.output();
            }
            server.lineWith("* ann left");
        }
    }

    // ---- proxy

    @Test
    void proxy_passesBothWaysWhatItGets_andTheHalfClose() throws Exception {
        byte[] data = random(3_000_000);
        try (var server = programs.start("EchoServer", "0");
                var proxy = programs.start("TcpProxy", "0", HOST, server.port())) {
            assertArrayEquals(data, exchange(proxy.port(), data));
            proxy.lineWith("6000000 bytes passed in all");
        }
    }

    @Test
    void proxy_betweenCurlAndAServerOfTheJdk() throws Exception {
        assumeTrue(isInstalled("curl"), "curl is not installed");
        var site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            try (exchange) {
                byte[] page = ("you asked for " + exchange.getRequestURI()).getBytes(UTF_8);
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
            }
        });
        site.start();
        try (var proxy = programs.start(
                "TcpProxy", "0", HOST, Integer.toString(site.getAddress().getPort()))) {
            String url = "http://127.0.0.1:" + proxy.port();
            assertEquals(
                    "you asked for /a\nyou asked for /b\n",
                    said("", "curl", "-sS", "-w", "\n", url + "/a", url + "/b"));
        } finally {
            site.stop(0);
        }
    }

    @Test
    void proxy_whoseServerIsDown_closesTheConnection_andGoesOn() throws Exception {
        try (var proxy = programs.start("TcpProxy", "0", HOST, "1")) {
            String port = proxy.port();
            assertEquals(0, exchange(port, new byte[0]).length);
            assertEquals(0, exchange(port, new byte[0]).length);
            proxy.lineWith("Cannot connect to 127.0.0.1:1");
            proxy.lineWith("Cannot connect to 127.0.0.1:1");
        }
    }

    // ---- HTTP by hand

    @Test
    void rawUrls_overlap_theQuickestIsFirst() throws Exception {
        try (var program = programs.start("RawUrls")) {
            List<String> lines = program.output().lines().toList();
            String site = lines.getFirst().replaceAll("\\d+$", "");
            assertEquals(
                    List.of(site + "200", site + "400", site + "600"),
                    lines.stream()
                            .filter(line -> line.matches("http://127.0.0.1:\\d+/\\d+"))
                            .toList());
            assertEquals(
                    List.of("200", "400", "600"),
                    lines.stream()
                            .filter(line -> line.endsWith(" <HTTP/1.1 200 OK, 6 bytes>"))
                            .map(line -> line.replaceAll(".*/(\\d+) .*", "$1"))
                            .toList());
            double all = Double.parseDouble(lines.getLast().replace("all_execute_time: ", ""));
            assertTrue(all >= 1.6, () -> all + " s");
        }
    }

    @Test
    void rawUrls_ofAnotherServer_andOfNone() throws Exception {
        var site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(404, 4);
                exchange.getResponseBody().write("none".getBytes(UTF_8));
            }
        });
        site.start();
        String url = "http://127.0.0.1:" + site.getAddress().getPort();
        try (var program = programs.start("RawUrls", url, "http://127.0.0.1:1/")) {
            String said = program.output();
            assertTrue(said.contains("\n" + url + " <HTTP/1.1 404 Not Found, 4 bytes>\n"), said);
            assertTrue(said.contains("\nCannot connect to 127.0.0.1:1"), said);
        } finally {
            site.stop(0);
        }
    }

    // ---- whois

    @Test
    void whois_answersOneLine() throws Exception {
        try (var server = programs.start("Whois", "serve", "0")) {
            String port = server.port();
            try (var client = programs.start("Whois", "Grace", HOST, port)) {
                assertEquals("Grace Hopper\na compiler, 1952\n", client.output());
            }
            assertEquals("No match for 'x'\r\n", new String(exchange(port, "x\r\n".getBytes(UTF_8)), UTF_8));
            assertEquals(
                    "A question may have 200 bytes\r\n",
                    new String(exchange(port, "x".repeat(1000).getBytes(UTF_8)), UTF_8));
            try (var slow = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
                slow.getOutputStream().write('a');
                assertEquals(
                        "No question within 5 s\r\n",
                        new String(slow.getInputStream().readAllBytes(), UTF_8));
            }
        }
    }

    // ---- datagrams

    @Test
    void udpEcho_sendsBackWhatComes() throws Exception {
        try (var server = programs.start("UdpEcho", "serve", "0")) {
            String port = server.port();
            try (var client = programs.start("UdpEcho", "send", HOST, port, "one two", "three")) {
                assertEquals("one two -> one two\nthree -> three\n", client.output());
            }
            try (var socket = new DatagramSocket()) {
                socket.setSoTimeout(10_000);
                byte[] data = random(5000);
                socket.send(new DatagramPacket(
                        data, data.length, InetAddress.getLoopbackAddress(), Integer.parseInt(port)));
                var answer = new DatagramPacket(new byte[10_000], 10_000);
                socket.receive(answer);
                assertArrayEquals(data, Arrays.copyOf(answer.getData(), answer.getLength()));
            }
        }
    }

    // ---- TLS

    @Test
    void tlsEcho_whoTrustsTheCertificateTalks_whoDoesNotIsToldWhy() throws Exception {
        try (var program = programs.start("TlsEcho")) {
            List<String> lines = program.output().lines().toList();
            assertEquals("speaking TLSv1.3 with CN=localhost", lines.get(0));
            assertEquals("received: nobody else can read this", lines.get(1));
            assertTrue(lines.get(2).matches(".*signed by an authority that is not trusted.*"), lines.get(2));
            assertEquals(3, lines.size());
        }
    }

    @Test
    void tlsEcho_openssl_trustsTheCertificate_andGetsItsLineBack() throws Exception {
        assumeTrue(isInstalled("openssl"), "openssl is not installed");
        Path certificate = temporary.resolve("certificate.pem");
        try (var server = programs.start("TlsEcho", "serve", "0", certificate.toString())) {
            String port = server.port();
            assertTrue(Files.readString(certificate).startsWith("-----BEGIN CERTIFICATE-----\n"));
            var openssl = new ProcessBuilder(
                            "openssl",
                            "s_client",
                            "-connect",
                            "127.0.0.1:" + port,
                            "-CAfile",
                            certificate.toString(),
                            "-verify_return_error",
                            "-quiet")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var input = openssl.outputWriter();
                    var output = openssl.inputReader()) {
                input.write("through openssl\n");
                input.flush();
                assertEquals("through openssl", output.readLine());
            } finally {
                openssl.destroyForcibly().waitFor();
            }
        }
    }

    // ---- programs from outside

    private static boolean isInstalled(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static String said(String input, String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.outputWriter()) {
            out.write(input);
        }
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), said);
        return said;
    }
}
