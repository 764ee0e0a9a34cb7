package jasyncio;

import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a loop that are to be closed in the end, in the order in which they began. Closes those whose handle is garbage, and on
 * shutdown all.
 *
 * <p>An entry holds its segment while that is paused, since somebody must be able to close it. While a task is in it, the task holds it: a
 * task that waits in a segment for what nobody can ever complete is garbage together with it.
 *
 * <p>A doubly linked list through the entries. The loop's thread writes; a thread dump may read along: an unlinked entry keeps its
 * {@code next}, so a reader always comes to the end.
 */
final class Segments {
    private static final System.Logger LOGGER = System.getLogger("jasyncio");

    private final Kernel kernel;
    private volatile @Nullable Entry first;
    private @Nullable Entry last;
    private boolean shutDown;

    Segments(Kernel kernel) {
        this.kernel = kernel;
    }

    /** A segment's place in the list; refers weakly to what users hold in order to go on. */
    final class Entry extends WeakReference<Object> {
        private volatile @Nullable Segment paused;
        private volatile @Nullable Entry next;
        private @Nullable Entry previous;
        private boolean linked = true;

        private Entry(Segment segment, Object handle) {
            super(handle, AbandonedSegments.QUEUE);
            paused = segment;
        }

        /** A task is in the segment from now on. */
        void entered() {
            paused = null;
        }

        void paused(Segment segment) {
            paused = segment;
        }

        /** Takes the segment out of the list: it has ended, or is being closed. */
        void unlink() {
            if (linked) {
                linked = false;
                Segments.this.unlink(this);
                clear();
            }
        }

        /** The handle has become garbage. On the thread that waits for that. */
        void abandoned() {
            kernel.addExternal((LibraryCallback) () -> {
                Segment segment = paused;
                if (linked && segment != null) {
                    unlink();
                    kernel.asUser(
                            () -> kernel.loop.task().context(Context.empty()).start(segment.close()));
                }
            });
        }
    }

    /** Adds a segment that is about to begin. */
    Entry add(Segment segment, Object handle) {
        if (shutDown) {
            LOGGER.log(Level.WARNING, "{0} was begun after shutdownAsyncgens(); close it before its loop ends", handle);
        }
        var entry = new Entry(segment, handle);
        Entry before = last;
        entry.previous = before;
        if (before == null) {
            first = entry;
        } else {
            before.next = entry;
        }
        last = entry;
        return entry;
    }

    private void unlink(Entry entry) {
        Entry previous = entry.previous;
        Entry next = entry.next;
        if (previous == null) {
            first = next;
        } else {
            previous.next = next;
        }
        if (next == null) {
            last = previous;
        } else {
            next.previous = previous;
        }
        entry.previous = null;
    }

    /** Closes all, each in a task of its own, and waits for them. In a task of the loop. */
    void shutDown() {
        shutDown = true;
        var tasks = new ArrayList<Task<?>>();
        var closing = new ArrayList<Object>();
        for (Entry entry = first; entry != null; entry = entry.next) {
            Segment segment = entry.paused;
            Object handle = entry.get();
            entry.unlink();
            if (segment != null) {
                closing.add(segment.close());
                tasks.add(kernel.loop.createTask(segment.close()));
            } else if (handle != null) {
                report(handle, new IllegalStateException("aclose(): asynchronous generator is already running"));
            }
        }
        if (!tasks.isEmpty()) {
            List<Outcome<Object>> outcomes = Await.future(Gathering.outcomes(kernel.loop, tasks));
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i) instanceof Outcome.Failure<Object>(Throwable failure)
                        && !(failure instanceof CancelledError)) {
                    report(closing.get(i), failure);
                }
            }
        }
    }

    private void report(Object generator, Throwable failure) {
        kernel.loop.callExceptionHandler(new EventLoop.Failure(
                "an error occurred during closing of asynchronous generator " + generator, failure, null));
    }

    /** Returns the threads of those that no task is in; consistent only while the loop stands still. */
    Stream<Thread> pausedThreads() {
        return Stream.iterate(first, Objects::nonNull, entry -> Objects.requireNonNull(entry).next)
                .map(entry -> Objects.requireNonNull(entry).paused)
                .filter(Objects::nonNull)
                .map(Segment::thread);
    }

    /** Forgets all: the loop is closed. */
    void close() {
        for (Entry entry = first; entry != null; entry = entry.next) {
            entry.unlink();
        }
    }
}
