package jasyncio.sync;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.LowLevel;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The tasks that wait for a primitive, in the order they came, all of one loop. */
final class Waiters {
    private final ArrayDeque<Future<@Nullable Void>> queue = new ArrayDeque<>();
    private final Object owner;
    private @Nullable EventLoop loop;

    /** @param owner the primitive, for messages */
    Waiters(Object owner) {
        this.owner = owner;
    }

    /** Refuses a caller on another thread than the loop. Whatever changes the primitive begins with this. */
    void checkAccess() {
        if (loop != null) {
            LowLevel.checkAccess(loop, owner);
        }
    }

    /** Creates a place at the end of the queue. */
    Future<@Nullable Void> join() {
        EventLoop running = Asyncio.runningLoop();
        if (loop == null) {
            loop = running;
        } else if (loop != running) {
            throw new IllegalStateException(
                    owner + " is bound to a different event loop: " + loop + "; create one for each loop");
        }
        Future<@Nullable Void> place = running.createFuture();
        queue.add(place);
        return place;
    }

    void leave(Future<@Nullable Void> place) {
        queue.remove(place);
    }

    int size() {
        return queue.size();
    }

    /** Tells whether anybody waits who was not cancelled. */
    boolean anyLive() {
        for (Future<?> place : queue) {
            if (!place.cancelled()) {
                return true;
            }
        }
        return false;
    }

    /** Wakes the first in the queue, unless it is awake or cancelled already. */
    void wakeFirst() {
        Future<@Nullable Void> first = queue.peek();
        if (first != null && !first.done()) {
            first.setResult(null);
        }
    }

    /** Wakes the first that sleeps; returns false if there is none. */
    boolean wakeNext() {
        return wake(1) == 1;
    }

    /** Wakes the first {@code limit} that sleep; returns how many there were. */
    int wake(int limit) {
        int woken = 0;
        for (Iterator<Future<@Nullable Void>> places = queue.iterator(); woken < limit && places.hasNext(); ) {
            Future<@Nullable Void> place = places.next();
            if (!place.done()) {
                place.setResult(null);
                woken++;
            }
        }
        return woken;
    }
}
