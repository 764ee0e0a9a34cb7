package jasyncio.net.netty;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import java.io.UncheckedIOException;

/**
 * A handle's place in an I/O handler, which is taken again when it was lost.
 *
 * <p>Netty's epoll handler takes a descriptor out of the set when a channel waits for nothing: one that does not read and whose other side has ended.
 * It forgets that it did, so that the next wait, for reading or for writing, fails as an unknown descriptor (ENOENT).
 */
final class Reregistration implements IoRegistration {
    private final IoHandler handler;
    private final IoHandle handle;
    private IoRegistration current;

    Reregistration(IoHandler handler, IoHandle handle) throws Exception {
        this.handler = handler;
        this.handle = handle;
        this.current = handler.register(handle);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // it is Netty's
    public <T> T attachment() {
        return current.attachment();
    }

    @Override
    public long submit(IoOps ops) {
        try {
            return current.submit(ops);
        } catch (UncheckedIOException e) {
            return submitAgain(ops, e);
        }
    }

    private long submitAgain(IoOps ops, UncheckedIOException failure) {
        if (!current.cancel()) {
            throw failure;
        }
        try {
            current = handler.register(handle);
        } catch (Exception e) {
            failure.addSuppressed(e);
            throw failure;
        }
        return current.submit(ops);
    }

    @Override
    public boolean isValid() {
        return current.isValid();
    }

    @Override
    public boolean cancel() {
        return current.cancel();
    }
}
