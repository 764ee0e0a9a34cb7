package jasyncio.net.netty;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/** The sessions of one side, over all of Netty's contexts for it. Thread-safe. */
final class NativeSessions implements SSLSessionContext {
    private final List<SSLSessionContext> parts = new CopyOnWriteArrayList<>();
    private int timeout = -1;
    private int cacheSize = -1;

    synchronized void add(SSLSessionContext part) {
        if (timeout >= 0) {
            part.setSessionTimeout(timeout);
        }
        if (cacheSize >= 0) {
            part.setSessionCacheSize(cacheSize);
        }
        parts.add(part);
    }

    @Override
    public @Nullable SSLSession getSession(byte[] id) {
        for (SSLSessionContext part : parts) {
            SSLSession session = part.getSession(id);
            if (session != null) {
                return session;
            }
        }
        return null;
    }

    @Override
    public Enumeration<byte[]> getIds() {
        List<byte[]> ids = new ArrayList<>();
        parts.forEach(part -> ids.addAll(Collections.list(part.getIds())));
        return Collections.enumeration(ids);
    }

    @Override
    public synchronized void setSessionTimeout(int seconds) {
        if (seconds < 0) {
            throw new IllegalArgumentException("The timeout of sessions " + seconds + " s is negative; 0 is for ever");
        }
        parts.forEach(part -> part.setSessionTimeout(seconds));
        timeout = seconds;
    }

    @Override
    public synchronized int getSessionTimeout() {
        return timeout >= 0 || parts.isEmpty()
                ? Math.max(0, timeout)
                : parts.getFirst().getSessionTimeout();
    }

    @Override
    public synchronized void setSessionCacheSize(int size) {
        if (size < 0) {
            throw new IllegalArgumentException("The size of the cache " + size + " is negative; 0 is no limit");
        }
        parts.forEach(part -> part.setSessionCacheSize(size));
        cacheSize = size;
    }

    @Override
    public synchronized int getSessionCacheSize() {
        return cacheSize >= 0 || parts.isEmpty()
                ? Math.max(0, cacheSize)
                : parts.getFirst().getSessionCacheSize();
    }
}
