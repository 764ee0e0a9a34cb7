package jasyncio.net;

import static jasyncio.Asyncio.run;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which parts of a file {@link Sock#sendFile} sends, and which it refuses. */
class SockFileRangesTest {
    @TempDir
    Path directory;

    @Test
    void parts_arriveAndMoveThePosition_othersAreRefused() throws Exception {
        byte[] data = new byte[160_000];
        new Random(5).nextBytes(data);
        Path path = Files.write(directory.resolve("file"), data);
        try (var listening =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                var one = SocketChannel.open(listening.getLocalAddress());
                var other = listening.accept();
                var file = FileChannel.open(path)) {
            var blocking =
                    assertThrows(IllegalArgumentException.class, () -> run(() -> Sock.sendFile(one, file, 0, 5)));
            assertTrue(blocking.getMessage().contains("configureBlocking(false)"), blocking.getMessage());
            one.configureBlocking(false);
            other.configureBlocking(false);
            run(() -> {
                var e = assertThrows(IllegalArgumentException.class, () -> Sock.sendFile(one, file, -1, 5));
                assertEquals("Cannot send 5 bytes from offset -1; neither may be negative", e.getMessage());
                e = assertThrows(IllegalArgumentException.class, () -> Sock.sendFile(one, file, 0, -1));
                assertEquals("Cannot send -1 bytes from offset 0; neither may be negative", e.getMessage());
                assertEquals(0, file.position());
                assertEquals(2000, Sock.sendFile(one, file, 1000, 2000));
                assertEquals(3000, file.position());
                byte[] received = new byte[0];
                while (received.length < 2000) {
                    byte[] more = Sock.recv(other, 10_000);
                    int before = received.length;
                    received = Arrays.copyOf(received, before + more.length);
                    System.arraycopy(more, 0, received, before, more.length);
                }
                assertArrayEquals(Arrays.copyOfRange(data, 1000, 3000), received);
            });
        }
    }
}
