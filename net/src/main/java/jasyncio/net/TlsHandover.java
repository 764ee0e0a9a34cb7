package jasyncio.net;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.Future;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is passing from plain text to TLS.
 *
 * @param covered the transport that goes on
 */
record TlsHandover(TlsLink link, Future<@Nullable Void> handshake, LinkTransport covered) {

    /** Waits for the handshake; if that fails, the protocol hears that the connection is lost. Suspends; cancellable, which closes the connection. */
    Transport await() throws IOException {
        try {
            Asyncio.await(handshake, IOException.class);
        } catch (CancelledError e) {
            link.abort();
            throw e;
        } finally {
            covered.goOn();
        }
        return covered;
    }
}
