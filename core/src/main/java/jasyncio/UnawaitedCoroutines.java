package jasyncio;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Finds the coroutine objects of one loop that nobody awaited: they are garbage, or the loop is being closed. For the loop's thread. */
final class UnawaitedCoroutines {
    private final ReferenceQueue<Coroutine<?>> collected = new ReferenceQueue<>();

    /** Concurrent, since a coroutine may be awaited or closed on another loop than it was created on. */
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

    /** Watches a coroutine that is created on a loop; one that is created elsewhere may be meant for any loop, and is not watched. */
    static @Nullable Watch watch(Coroutine<?> coroutine, String description) {
        EventLoop loop = EventLoop.currentOrNull();
        return loop == null ? null : loop.unawaited.add(coroutine, description);
    }

    private Watch add(Coroutine<?> coroutine, String description) {
        var watch = new Watch(coroutine, description);
        watches.add(watch);
        return watch;
    }

    /** Returns the description of the next one that became garbage unawaited, or null. */
    @Nullable
    String pollLost() {
        Watch watch = (Watch) collected.poll();
        if (watch == null) {
            return null;
        }
        watches.remove(watch);
        return watch.description;
    }

    /** Returns the descriptions of all that were not awaited, and forgets them. */
    Set<String> drain() {
        var lost = new java.util.TreeSet<String>();
        watches.forEach(watch -> lost.add(watch.description));
        watches.clear();
        return lost;
    }

    /** One coroutine object, as long as it is unused. */
    final class Watch extends WeakReference<Coroutine<?>> {
        private final String description;

        private Watch(Coroutine<?> coroutine, String description) {
            super(coroutine, collected);
            this.description = description;
        }

        void used() {
            watches.remove(this);
            clear();
        }
    }
}
