package jasyncio.net.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LoopBuffersTest {
    private static final int LARGEST = 256 * 1024;
    private static final int LIMIT = 64 * 1024 * 1024;

    private final LoopBuffers buffers = new LoopBuffers();

    @Test
    void take_afterRelease_givesTheSameMemoryEmpty() {
        ByteBuf first = take(1000);
        long address = first.memoryAddress();
        first.writeBytes(new byte[900]).readByte();
        first.release();
        ByteBuf second = take(600);
        assertEquals(address, second.memoryAddress());
        assertEquals(0, second.readableBytes());
        assertEquals(1, second.refCnt());
        second.release();
        buffers.close();
    }

    @Test
    void take_sizes_areWhatWasAskedForOrMore() {
        for (int size : new int[] {1, 512, 513, 1024, 65_536, 65_537, LARGEST}) {
            ByteBuf buffer = take(size);
            assertTrue(buffer.capacity() >= size, buffer.capacity() + " for " + size);
            buffer.release();
        }
        assertNull(buffers.take(LARGEST + 1));
        buffers.close();
    }

    @Test
    void release_ofTheLastSlice_givesTheMemoryBack() {
        ByteBuf whole = take(1000).writeBytes(new byte[100]);
        ByteBuf slice = whole.readRetainedSlice(10);
        long address = whole.memoryAddress();
        whole.release();
        ByteBuf other = take(1000);
        assertTrue(other.memoryAddress() != address);
        slice.release();
        ByteBuf again = take(1000);
        assertEquals(address, again.memoryAddress());
        other.release();
        again.release();
        buffers.close();
    }

    @Test
    void take_limitReached_usesMemoryOfOtherSizesOrRefuses() {
        List<ByteBuf> all = new ArrayList<>();
        for (int i = 0; i < LIMIT / LARGEST; i++) {
            all.add(take(LARGEST));
        }
        assertNull(buffers.take(1));
        all.removeLast().release();
        ByteBuf small = take(1);
        assertNotNull(small);
        small.release();
        all.forEach(ByteBuf::release);
        buffers.close();
    }

    private ByteBuf take(int size) {
        return Objects.requireNonNull(buffers.take(size));
    }
}
