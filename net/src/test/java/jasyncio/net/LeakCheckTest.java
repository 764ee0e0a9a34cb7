package jasyncio.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.Test;

/** The check itself: it sees what it is there for. */
class LeakCheckTest {
    @Test
    void leaks_bufferThatWasDropped_isFound() {
        assertEquals(ResourceLeakDetector.Level.PARANOID, ResourceLeakDetector.getLevel());
        assertEquals(0, LeakCheck.leaks().size());
        drop();
        assertEquals(1, LeakCheck.leaks().size());
        assertEquals(0, LeakCheck.leaks().size());
    }

    @Test
    void leaks_chunkThatWasNotClosed_isFound() {
        EachEngine.Engines.run(Engine.NIO, () -> {
            try (var server = Net.startServer("127.0.0.1", 0, (_, writer) -> writer.write("x"));
                    var c = Net.openConnection("127.0.0.1", Servers.port(server))) {
                c.reader().readChunk();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        assertEquals(1, LeakCheck.leaks().size());
    }

    private static void drop() {
        Unpooled.directBuffer(100).writeByte(1);
    }
}
