package jasyncio.net;

import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for JDK channels on behalf of all loops: one daemon thread with a selector, which is there while somebody waits and a second longer.
 *
 * <p>Overview. The native engines cannot wait for a JDK channel: they want a file descriptor, which the JDK does not give away. The NIO
 * engine could, but one way for all engines, with one behaviour, is worth more here than the two thread switches that each wait costs:
 * measured over loopback, 100 bytes there and back took two to three times as long as over streams, which do not come this way, and three to
 * four times the CPU.
 *
 * <p>An interest is armed when it comes. When its channel is ready it is disarmed, and its loop is told; it stays in its place until
 * somebody removes or arms it again. A channel with no armed interest is registered nowhere <em>before</em> the loops are told, so that
 * whoever waited can close it, which frees its port at once, or make it blocking.
 *
 * <p>The JDK tells nobody that a registered channel was closed, nor a loop that it was. Both are looked for ten times a second.
 *
 * <p>Who may touch what: {@code places}, {@code changed}, {@code thread}, {@code selector} under the monitor of this; keys and what is
 * {@code due} only on the thread. The monitor is never held while a loop is told or the selector waits.
 */
final class ChannelWatch {
    static final ChannelWatch SHARED = new ChannelWatch();

    private static final long LOOK_MILLIS = 100;
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Who waits for one channel. */
    private static final class Place {
        final SelectableChannel channel;
        private @Nullable Interest reader;
        private @Nullable Interest writer;

        Place(SelectableChannel channel) {
            this.channel = channel;
        }

        @Nullable
        Interest at(Interest.Side side) {
            return side == Interest.Side.READING ? reader : writer;
        }

        void put(Interest.Side side, @Nullable Interest interest) {
            if (side == Interest.Side.READING) {
                reader = interest;
            } else {
                writer = interest;
            }
        }

        boolean empty() {
            return reader == null && writer == null;
        }

        int operations() {
            return operation(reader) | operation(writer);
        }

        private static int operation(@Nullable Interest interest) {
            return interest != null && interest.armed ? interest.operation : 0;
        }
    }

    private final Map<SelectableChannel, Place> places = new LinkedHashMap<>();
    private final ArrayDeque<Place> changed = new ArrayDeque<>();
    private @Nullable Thread thread;
    private @Nullable Selector selector;

    /** What the loops are to be told when the selector has let go of the channels. */
    private final List<Runnable> due = new ArrayList<>();

    private boolean lettingGo;
    private long lookedAt = System.nanoTime();

    private ChannelWatch() {}

    // ---- thread-safe

    /**
     * Begins to wait.
     *
     * @throws IllegalStateException if somebody waits already for the same, whose place it may not take
     */
    void add(Interest interest) throws IOException {
        synchronized (this) {
            Interest.Side side = interest.side();
            Place place = places.get(interest.channel);
            Interest other = place == null ? null : place.at(side);
            if (other != null && !interest.mayReplace(other)) {
                throw new IllegalStateException("Cannot wait for " + side.doing + " on " + interest.channel
                        + ": another task or a " + side.who + " callback already does; let one of them do it");
            }
            ensureThread();
            if (place == null) {
                place = new Place(interest.channel);
                places.put(interest.channel, place);
            }
            place.put(side, interest);
            change(place);
        }
    }

    /** Waits once more, if nobody has removed it. */
    void arm(Interest interest) {
        synchronized (this) {
            Place place = places.get(interest.channel);
            if (place != null && place.at(interest.side()) == interest) {
                interest.armed = true;
                change(place);
            }
        }
    }

    /** Ends the waiting; returns false if it had ended. */
    boolean remove(Interest interest) {
        synchronized (this) {
            Place place = places.get(interest.channel);
            if (place == null || place.at(interest.side()) != interest) {
                return false;
            }
            place.put(interest.side(), null);
            if (place.empty()) {
                places.remove(interest.channel);
            }
            if (interest.armed) {
                change(place);
            }
            return true;
        }
    }

    /** Tells whether it was neither removed nor replaced. */
    boolean holds(Interest interest) {
        return find(interest.channel, interest.side()) == interest;
    }

    @Nullable
    Interest find(SelectableChannel channel, Interest.Side side) {
        synchronized (this) {
            Place place = places.get(channel);
            return place == null ? null : place.at(side);
        }
    }

    /** Tells whether somebody still waits. For tests. */
    boolean waiting() {
        synchronized (this) {
            return !places.isEmpty();
        }
    }

    private void ensureThread() throws IOException {
        if (thread == null) {
            Selector created = Selector.open();
            selector = created;
            thread = Thread.ofPlatform().daemon().name("jasyncio-channels").start(() -> run(created));
        }
    }

    private void change(Place place) {
        changed.add(place);
        if (selector != null && Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    // ---- on the thread

    private void run(Selector selector) {
        long idleSince = System.nanoTime();
        while (true) {
            if (waiting()) {
                idleSince = System.nanoTime();
            }
            if (endIfIdle(idleSince, selector)) {
                return;
            }
            try {
                turn(selector);
            } catch (IOException | RuntimeException e) {
                fail(selector, e);
                return;
            }
        }
    }

    private void fail(Selector selector, Exception failure) {
        synchronized (this) {
            thread = null;
            this.selector = null;
            changed.clear();
            for (Place place : List.copyOf(places.values())) {
                breakOff(place, new IOException("The selector failed; please report this", failure));
            }
        }
        close(selector);
        tell();
    }

    private static void close(Selector selector) {
        try {
            selector.close();
        } catch (IOException unimportant) {
            // Nobody waits for its channels any more.
        }
    }

    private boolean endIfIdle(long idleSince, Selector selector) {
        synchronized (this) {
            if (!places.isEmpty() || !changed.isEmpty() || System.nanoTime() - idleSince < LINGER_NANOS) {
                return false;
            }
            thread = null;
            this.selector = null;
        }
        close(selector);
        return true;
    }

    private void turn(Selector selector) throws IOException {
        lookAround();
        applyChanges(selector);
        tell();
        selector.select(this::fired, LOOK_MILLIS);
        letGo(selector);
        tell();
    }

    private void letGo(Selector selector) throws IOException {
        while (lettingGo) {
            lettingGo = false;
            selector.selectNow(this::fired);
        }
    }

    private void tell() {
        due.forEach(Runnable::run);
        due.clear();
    }

    private void fired(SelectionKey key) {
        var place = (Place) key.attachment();
        synchronized (this) {
            int ready = ready(key);
            fire(place.reader, ready);
            fire(place.writer, ready);
            update(key, place.operations());
        }
    }

    private static int ready(SelectionKey key) {
        try {
            return key.readyOps();
        } catch (CancelledKeyException closed) {
            return 0;
        }
    }

    private void fire(@Nullable Interest interest, int ready) {
        if (interest != null && interest.armed && (interest.operation & ready) != 0) {
            interest.armed = false;
            due.add(interest::tellReady);
        }
    }

    private void update(SelectionKey key, int operations) {
        try {
            if (operations == 0) {
                key.cancel();
                lettingGo = true;
            } else {
                key.interestOps(operations);
            }
        } catch (CancelledKeyException closed) {
            lettingGo = true;
        }
    }

    private void applyChanges(Selector selector) throws IOException {
        synchronized (this) {
            Place place;
            while ((place = changed.poll()) != null) {
                apply(place, selector);
            }
        }
        letGo(selector);
    }

    private void apply(Place place, Selector selector) throws IOException {
        int operations = place.operations();
        SelectionKey key = place.channel.keyFor(selector);
        if (key != null && (operations == 0 || (key.isValid() && key.attachment() == place))) {
            update(key, operations);
        } else if (operations != 0) {
            if (key != null) { // somebody waited before, and that is not cleared away yet
                key.cancel();
                selector.selectNow(this::fired);
            }
            register(place, operations, selector);
        }
    }

    private void register(Place place, int operations, Selector selector) {
        try {
            place.channel.register(selector, operations, place);
        } catch (ClosedChannelException e) {
            breakOff(place, closed(place.channel));
        } catch (IllegalBlockingModeException e) {
            breakOff(place, new SocketException(place.channel + " was made blocking while somebody waited for it"));
        } catch (IllegalArgumentException e) {
            breakOff(place, new SocketException("Cannot wait for " + place.channel + ": " + e.getMessage()));
        }
    }

    private void lookAround() {
        if (System.nanoTime() - lookedAt < TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)) {
            return;
        }
        lookedAt = System.nanoTime();
        synchronized (this) {
            for (Place place : List.copyOf(places.values())) {
                if (!place.channel.isOpen()) {
                    breakOff(place, closed(place.channel));
                    lettingGo = true;
                } else {
                    dropIfClosed(place.reader);
                    dropIfClosed(place.writer);
                }
            }
        }
    }

    private void dropIfClosed(@Nullable Interest interest) {
        if (interest != null && interest.loop.closed()) {
            remove(interest);
        }
    }

    private void breakOff(Place place, IOException cause) {
        places.remove(place.channel);
        breakOff(place, place.reader, cause);
        breakOff(place, place.writer, cause);
    }

    private void breakOff(Place place, @Nullable Interest interest, IOException cause) {
        if (interest != null) {
            place.put(interest.side(), null);
            interest.armed = false;
            due.add(() -> interest.tellBroken(cause));
        }
    }

    private static IOException closed(SelectableChannel channel) {
        return new SocketException(channel + " was closed while somebody waited for it");
    }
}
