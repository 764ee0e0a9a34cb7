package jasyncio.net;

import static jasyncio.net.Certificates.CLIENT;
import static jasyncio.net.Certificates.LOCALHOST;
import static jasyncio.net.EachEngine.Engines.run;
import static jasyncio.net.Net.openConnection;
import static jasyncio.net.Net.startServer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.net.netty.NativeEngine;
import java.io.IOException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What TLS does, by BoringSSL; and the check for leaks, which is there for every class, sees to it that each engine is released. */
class NativeTlsTest extends TlsTest {
    private static final String HOST = "127.0.0.1";

    @BeforeAll
    static void isThere() {
        assertTrue(NativeTls.available(), () -> "" + NativeTls.unavailable());
    }

    @Override
    SSLContext newContext() {
        return NativeTls.newContext();
    }

    private static SSLContext serving(SSLContext context) throws Exception {
        return Certificates.init(context, LOCALHOST, Certificates.trust(CLIENT));
    }

    private static SSLContext trusting(SSLContext context) throws Exception {
        return Certificates.init(context, null, Certificates.trust(LOCALHOST));
    }

    private static Server greeting(SSLContext context) throws IOException {
        return startServer(
                HOST,
                0,
                o -> o.tls(context, t -> t.applicationProtocols("h2", "http/1.1")),
                c -> c.writer().write(c.reader().readLine() + " " + c.writer().applicationProtocol() + "\n"));
    }

    private static String ask(Server server, SSLContext context, String protocol) throws IOException {
        try (var c = openConnection(
                HOST, Servers.port(server), o -> o.tls(context, t -> t.applicationProtocols(protocol)))) {
            c.writer().write("hello\n");
            return c.reader().readLine() + " " + c.writer().applicationProtocol();
        }
    }

    /** BoringSSL, as Netty has it, goes on without a protocol where the JDK refuses. */
    @Override
    @EachEngine
    void applicationProtocol_isAgreedOn_orRefused(Engine engine) throws Exception {
        SSLContext serving = serving(newContext());
        SSLContext trusting = trusting(newContext());
        run(engine, () -> {
            try (var server = greeting(serving)) {
                assertEquals("hello http/1.1 http/1.1", ask(server, trusting, "http/1.1"));
                assertEquals("hello null null", ask(server, trusting, "other"));
            }
        });
    }

    @EachEngine
    void theJdkOnTheOtherSide_isUnderstood(Engine engine) throws Exception {
        SSLContext[] serving = {serving(newContext()), serving(super.newContext())};
        SSLContext[] trusting = {trusting(super.newContext()), trusting(newContext())};
        run(engine, () -> {
            for (int i = 0; i < 2; i++) {
                SSLContext context = trusting[i];
                try (var server = greeting(serving[i])) {
                    assertEquals("hello h2 h2", ask(server, context, "h2"));
                    assertEquals("hello h2 h2", ask(server, context, "h2"));
                }
            }
        });
    }

    private SSLEngine engineWith(Consumer<? super SSLParameters> change) throws Exception {
        SSLEngine engine = trusting(newContext()).createSSLEngine("localhost", 1);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        change.accept(parameters);
        engine.setSSLParameters(parameters);
        return engine;
    }

    private void assertRefused(String part, Consumer<? super SSLParameters> change) {
        var e = assertThrows(IllegalArgumentException.class, () -> engineWith(change));
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void parameters_whatBoringSslCannotDo_isRefusedWhenSet() {
        assertRefused("no protocol 'TLSv9'", p -> p.setProtocols(new String[] {"TLSv9"}));
        assertRefused("no cipher suite 'TLS_NONE'", p -> p.setCipherSuites(new String[] {"TLS_NONE"}));
        assertRefused("signature schemes", p -> p.setSignatureSchemes(new String[] {"ed25519"}));
        assertRefused("maximum packet size", p -> p.setMaximumPacketSize(1000));
    }

    @Test
    void server_withoutAKey_saysSo() throws Exception {
        SSLEngine engine = trusting(newContext()).createSSLEngine();
        engine.setUseClientMode(false);
        var e = assertThrows(SSLException.class, engine::beginHandshake);
        assertTrue(e.getMessage().contains("needs a key"), e.getMessage());
    }

    @Test
    void engine_released_isDoneInBothDirections() throws Exception {
        var engine = (NativeEngine) engineWith(p -> p.setNamedGroups(new String[] {"x25519"}));
        engine.own();
        engine.beginHandshake();
        engine.release();
        engine.release();
        assertTrue(engine.isInboundDone() && engine.isOutboundDone());
        assertNull(engine.getDelegatedTask());
        assertThrows(SSLException.class, engine::beginHandshake);
    }
}
