package jasyncio.net;

import java.io.IOException;

/**
 * Both ends of a stream. A resource: closing it closes the connection.
 *
 * {@snippet :
 * try (var c = openConnection("localhost", 7)) {
 *     c.writer().write("hello\n");
 *     println(c.reader().readLine());
 * }
 * }
 *
 * @param reader the receiving end
 * @param writer the sending end
 */
public record StreamConnection(StreamReader reader, StreamWriter writer) implements AutoCloseable {

    /**
     * Sends what was written, closes, and waits for the end. Suspends; not cancellable: a cancellation closes at once and is left to the next
     * await. For a task of the loop.
     *
     * @throws IOException what broke the connection
     */
    @Override
    public void close() throws IOException {
        try {
            writer.close();
        } finally {
            reader.discard();
        }
    }
}
