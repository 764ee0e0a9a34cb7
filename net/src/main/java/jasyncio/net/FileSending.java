package jasyncio.net;

import jasyncio.Asyncio;
import jasyncio.Future;
import jasyncio.LowLevel;
import jasyncio.net.netty.FilePart;
import jasyncio.net.netty.Link;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Sends a part of a file over a link: the system's way, which copies nothing, where link and engine have it, else by reading.
 *
 * <p>The file goes in parts, so that the loop comes to other things in between, a file that has become shorter is noticed, and a reader
 * who is too slow leaves nothing in memory but one part.
 */
final class FileSending {
    private static final long PART = 1 << 20;
    private static final int BLOCK = 128 * 1024;

    /** Waits until what was written is down to what a writer may have waiting. */
    interface Drain {
        void await() throws IOException;
    }

    private final Link link;
    private final FileChannel file;
    private final long offset;
    private final long count;
    private long sent;
    private @Nullable FilePart current;

    private FileSending(Link link, FileChannel file, long offset, long count) {
        this.link = link;
        this.file = file;
        this.offset = offset;
        this.count = count;
    }

    /** Returns how much was sent. Suspends; cancellable; for a task of the loop. */
    static long send(Link link, Drain drain, FileChannel file, long offset, long count, boolean fallback)
            throws IOException {
        if (!fallback && !link.sendsFiles()) {
            throw new UnsupportedOperationException("Cannot send a file without reading it over this connection: "
                    + (link.tls() != null ? "TLS encrypts it" : "its engine cannot")
                    + "; allow the fallback");
        }
        var sending = new FileSending(link, file, offset, count);
        try {
            if (link.sendsFiles()) {
                sending.handOver();
            } else {
                sending.read(drain);
            }
            return sending.sent;
        } finally {
            move(file, offset, sending.sent);
        }
    }

    static void checkRange(long offset, long count) {
        if (offset < 0 || count < 0) {
            throw new IllegalArgumentException(
                    "Cannot send " + count + " bytes from offset " + offset + "; neither may be negative");
        }
    }

    /** As asyncio leaves a file: behind what was sent, if that was anything. */
    static void move(FileChannel file, long offset, long sent) throws IOException {
        if (sent > 0 && file.isOpen()) {
            file.position(offset + sent);
        }
    }

    private long left(long most) throws IOException {
        return Math.min(Math.min(most, count - sent), file.size() - offset - sent);
    }

    private void handOver() throws IOException {
        long length;
        while ((length = left(PART)) > 0) {
            Future<@Nullable Void> gone = LowLevel.suspension(this::stopAtOnce);
            FilePart part = link.send(file, offset + sent, length, failure -> complete(gone, failure));
            current = part;
            try {
                Asyncio.await(gone, IOException.class);
            } finally {
                sent += part.stop();
            }
        }
    }

    /** The cancellation arrives after a poll, in which more would be sent. */
    private boolean stopAtOnce() {
        if (current != null) {
            current.stop();
        }
        return true;
    }

    private static void complete(Future<@Nullable Void> gone, @Nullable Throwable failure) {
        if (gone.done()) { // cancelled meanwhile
            return;
        }
        if (failure == null) {
            gone.setResult(null);
        } else if (failure instanceof IOException e && !(e instanceof ClosedChannelException)) {
            gone.setException(e);
        } else {
            var lost = new SocketException("Connection lost while a file was being sent");
            lost.initCause(failure);
            gone.setException(lost);
        }
    }

    private void read(Drain drain) throws IOException {
        long length;
        while ((length = left(BLOCK)) > 0) {
            drain.await();
            long from = offset + sent;
            ByteBuffer block = ByteBuffer.allocate((int) length);
            Asyncio.toThread(() -> fill(block, from));
            if (block.flip().remaining() == 0) {
                break;
            }
            sent += block.remaining();
            link.write(link.copyOf(block));
        }
        drain.await();
    }

    private void fill(ByteBuffer block, long from) throws IOException {
        long at = from;
        int read;
        while (block.hasRemaining() && (read = file.read(block, at)) > 0) {
            at += read;
        }
    }
}
