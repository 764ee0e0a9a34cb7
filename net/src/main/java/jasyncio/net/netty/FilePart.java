package jasyncio.net.netty;

import io.netty.channel.DefaultFileRegion;
import java.nio.channels.FileChannel;

/**
 * A part of a file on its way out, which can be stopped: what has not gone by then is not sent.
 *
 * <p>Netty keeps it in the channel's queue until it is sent, however long that takes, and cannot take it out. But it asks for the count each
 * time, so a part that was stopped is over when its turn comes, wherever it is in the queue. The file stays its owner's.
 */
public final class FilePart extends DefaultFileRegion {
    private boolean stopped;

    FilePart(FileChannel file, long position, long count) {
        super(file, position, count);
    }

    /** Stops it, if it is not over. Returns how many bytes of it were sent. */
    public long stop() {
        stopped = true;
        return transferred();
    }

    boolean stopped() {
        return stopped;
    }

    @Override
    public long count() {
        return stopped ? transferred() : super.count();
    }

    @Override
    protected void deallocate() {
        // Netty would close the file.
    }
}
