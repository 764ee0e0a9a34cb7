package jasyncio.net.netty;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The direct memory of a loop: what it receives into, and what writes are copied into. It is used again when it was sent or released.
 *
 * <p>Netty's allocators take locks, or look at which thread it is, and so are not for tasks. Moreover they are made for buffers that are released
 * soon; here all connections that have something to read hold theirs until the tasks have run, and an allocator that gives up chunks meanwhile pays for new
 * memory in each iteration.
 *
 * <p>Tasks take, the bare loop thread takes and gives back, never two at a time. Sizes are powers of two. There are at most {@value #LIMIT} bytes; who
 * needs more has to go elsewhere.
 */
final class LoopBuffers {
    private static final int SMALLEST_BITS = 9;
    private static final int LARGEST_BITS = 18;
    private static final int LIMIT = 64 << 20;

    private final Shelf[] shelves = new Shelf[LARGEST_BITS + 1 - SMALLEST_BITS];

    /** The bytes of all buffers, in use or not. */
    private int allocated;

    private boolean closed;

    LoopBuffers() {
        for (int i = 0; i < shelves.length; i++) {
            shelves[i] = new Shelf();
        }
    }

    /** Returns an empty buffer that takes {@code size} bytes or more, or null if there is none of that size and no room for one. */
    @Nullable
    ByteBuf take(int size) {
        int bits = Math.max(SMALLEST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(size - 1));
        if (bits > LARGEST_BITS) {
            return null;
        }
        Buffer buffer = shelves[bits - SMALLEST_BITS].buffers.poll();
        if (buffer != null) {
            buffer.reuse();
            return LeakCheck.watch(buffer);
        }
        return makeRoom(1 << bits) ? LeakCheck.watch(new Buffer(bits)) : null;
    }

    /** Frees unused buffers of other sizes if it must. */
    private boolean makeRoom(int size) {
        for (int i = shelves.length - 1; i >= 0 && allocated + size > LIMIT; i--) {
            ArrayDeque<Buffer> unused = shelves[i].buffers;
            while (!unused.isEmpty() && allocated + size > LIMIT) {
                unused.remove().free();
            }
        }
        return allocated + size <= LIMIT;
    }

    /** Frees what is unused; the rest is freed when it comes back. */
    void close() {
        closed = true;
        for (Shelf shelf : shelves) {
            shelf.buffers.forEach(Buffer::free);
            shelf.buffers.clear();
        }
    }

    /** Unused buffers of one size; the last one given back goes first, since it is the most likely to be in a cache. */
    private static final class Shelf {
        final ArrayDeque<Buffer> buffers = new ArrayDeque<>();
    }

    /** Where Netty's leak detector, which reports what was dropped and not released, is within reach. */
    private abstract static class LeakCheck extends AbstractByteBufAllocator {
        static ByteBuf watch(ByteBuf buffer) {
            return toLeakAwareBuffer(buffer);
        }
    }

    private final class Buffer extends UnpooledDirectByteBuf {
        private final int bits;

        Buffer(int bits) {
            super(UnpooledByteBufAllocator.DEFAULT, 1 << bits, 1 << bits);
            this.bits = bits;
            allocated += 1 << bits;
        }

        void reuse() {
            resetRefCnt();
            setIndex(0, 0);
        }

        @Override
        protected void deallocate() {
            if (closed) {
                free();
            } else {
                shelves[bits - SMALLEST_BITS].buffers.push(this);
            }
        }

        void free() {
            allocated -= 1 << bits;
            super.deallocate();
        }
    }
}
