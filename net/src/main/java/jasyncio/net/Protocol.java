package jasyncio.net;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What happens on a connection, told by callbacks: the floor that streams are built on, for authors of protocols.
 *
 * <p>Every method is a callback of the loop: it must not suspend, and one that blocks blocks itself, not the others. They come in this
 * order: {@link #connectionMade}, any number of {@link #dataReceived}, at most one {@link #eofReceived}, {@link #connectionLost}. What one
 * throws goes to the loop's exception handler and breaks the connection.
 */
public interface Protocol {

    /** The connection is there. */
    default void connectionMade(Transport transport) {}

    /**
     * Data came, in pieces as the network cut it.
     *
     * @param data the protocol's while the call lasts: it may be written to a transport; what was not written or split off is closed after the
     *     call
     */
    default void dataReceived(Chunk data) {}

    /**
     * The other side will send nothing more.
     *
     * @return whether to keep the connection for sending; false closes it
     */
    default boolean eofReceived() {
        return false;
    }

    /**
     * The connection is gone. The last call.
     *
     * @param cause what broke it; null if it was closed
     */
    default void connectionLost(@Nullable IOException cause) {}

    /** More than the high-water mark waits to be sent: write no more for now. */
    default void pauseWriting() {}

    /** What waits to be sent is down at the low-water mark. */
    default void resumeWriting() {}
}
