package jasyncio.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A peer that is a Python program: the work on asyncio, read from its standard input.
 *
 * @param title what it is, to be followed by the version found
 * @param loop the event loop: {@code asyncio} or {@code uvloop}
 */
record PythonPeer(String name, String title, String loop, PythonFinder finder) implements Peer {

    private static final String SCRIPT = "asyncio_peer.py";

    @Override
    public String about() throws PeerMissingException {
        return title + " " + finder.find().version();
    }

    @Override
    public boolean rated() {
        return true;
    }

    @Override
    public List<String> command(List<String> jvmFlags) throws PeerMissingException {
        return List.of(finder.find().executable(), "-", loop);
    }

    @Override
    public String input() {
        try (InputStream script = PythonPeer.class.getResourceAsStream(SCRIPT)) {
            if (script == null) {
                throw new IllegalStateException(
                        "Resource " + SCRIPT + " is not beside " + PythonPeer.class + "; rebuild the bench module");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
