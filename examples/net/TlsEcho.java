/*
 * An echo over TLS, with a certificate that is made when the program starts.
 *
 *     ./jasyncio run examples/net/TlsEcho.java                   a server, a client who trusts it, and one who does not
 *     ./jasyncio run examples/net/TlsEcho.java serve PORT FILE   serves, and writes the certificate to FILE, in PEM
 *
 * To the second: openssl s_client -connect 127.0.0.1:PORT -CAfile FILE.
 *
 * The JDK's keytool makes the key: a child process, waited for without blocking the loop.
 */
import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;
import static java.nio.charset.StandardCharsets.*;

import jasyncio.net.*;
import java.security.KeyStore;
import java.security.GeneralSecurityException;
import javax.net.ssl.*;

final char[] password = UUID.randomUUID().toString().toCharArray();

// ---- keys

/** A new key with a certificate that it has signed itself, for this machine. */
KeyStore newKey() throws IOException, GeneralSecurityException {
    Path directory = Files.createTempDirectory("tls-echo");
    Path file = directory.resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    try (var p = createSubprocessExec(
            keytool, "-genkeypair", "-alias", "key", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2",
            "-dname", "CN=localhost", "-ext", "SAN=dns:localhost,ip:127.0.0.1",
            "-storetype", "PKCS12", "-storepass", new String(password), "-keystore", file.toString())) {
        var said = p.communicate();
        if (p.await() != 0) {
            throw new IOException("keytool failed: " + new String(said.stdout(), UTF_8));
        }
        try (var in = Files.newInputStream(file)) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password);
            return keys;
        }
    } finally {
        Files.deleteIfExists(file);
        Files.delete(directory);
    }
}

SSLContext contextOfServer(KeyStore keys) throws GeneralSecurityException {
    var managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, password);
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
}

/** Trusts this one certificate and no other. */
SSLContext contextOfClient(KeyStore keys) throws IOException, GeneralSecurityException {
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("key"));
    var managers = TrustManagerFactory.getInstance("PKIX");
    managers.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
}

String pem(KeyStore keys) throws GeneralSecurityException {
    return "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(keys.getCertificate("key").getEncoded())
            + "\n-----END CERTIFICATE-----\n";
}

// ---- server and client

void echo(StreamConnection c) throws IOException {
    for (Chunk chunk; (chunk = c.reader().readChunk()) != null; ) {
        c.writer().write(chunk);
        c.writer().drain();
    }
}

void talk(int port, SSLContext context) throws IOException {
    try (var c = openConnection("localhost", port, o -> o.tls(context))) {
        var session = c.writer().sslSession();
        println("speaking " + session.getProtocol() + " with " + session.getPeerPrincipal());
        c.writer().write("nobody else can read this\n");
        println("received: " + c.reader().readLine());
    } catch (SSLException e) {
        println(e.getMessage());
    }
}

void demonstrate(KeyStore keys) throws Exception {
    var context = contextOfServer(keys);
    try (var server = startServer("localhost", 0, o -> o.tls(context), this::echo)) {
        int port = ((InetSocketAddress) server.addresses().getFirst()).getPort();
        talk(port, contextOfClient(keys));
        talk(port, SSLContext.getDefault()); // trusts the authorities that the JDK knows
    }
}

void serve(KeyStore keys, int port, Path file) throws Exception {
    var context = contextOfServer(keys);
    Files.writeString(file, pem(keys));
    try (var server = startServer("localhost", port, o -> o.tls(context), this::echo)) {
        println("serving TLS on " + server.addresses().getFirst() + ", certificate in " + file);
        server.serveForever();
    }
}

void main(String... arguments) throws Exception {
    run(() -> {
        var keys = newKey();
        if (arguments.length == 3 && arguments[0].equals("serve")) {
            serve(keys, Port.of(arguments[1]), Path.of(arguments[2]));
        } else {
            demonstrate(keys);
        }
    });
}
