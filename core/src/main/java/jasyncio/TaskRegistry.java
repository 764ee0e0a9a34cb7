package jasyncio;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a loop that are not done, oldest first, held weakly: a task that waits for something nobody can ever complete is garbage,
 * and is reported.
 *
 * <p>A doubly linked list through the entries. The loop's thread writes; a thread dump and the watchdog may read along: an unlinked entry
 * keeps its {@code next}, so a reader always comes to the end.
 */
final class TaskRegistry {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final ReferenceQueue<Task<?>> collected = new ReferenceQueue<>();
    private final Entry first = new Entry(null, "", collected);
    private volatile Entry last = first;

    /** A task's place in the list, and its name, which outlives it for the report. */
    static class Entry extends WeakReference<Task<?>> {
        private final int number;
        private @Nullable String name;
        private @Nullable Entry previous;
        private volatile @Nullable Entry next;

        /** Whether it is an error that the task becomes garbage before it is done. */
        boolean reportsLoss = true;

        private Entry(@Nullable Task<?> task, @Nullable String name, ReferenceQueue<Task<?>> queue) {
            super(task, queue);
            this.name = name;
            this.number = task == null ? 0 : COUNT.incrementAndGet();
        }

        String name() {
            String name = this.name;
            return name == null ? "Task-" + number : name;
        }

        @Nullable
        String givenName() {
            return name;
        }

        void rename(String name) {
            this.name = name;
        }

        /** Returns where the task was created, in words to append, or an empty string. */
        String created() {
            return "";
        }
    }

    /** An entry of debug mode, which remembers where its task was created. */
    private static final class TracedEntry extends Entry {
        private final String created;

        private TracedEntry(Task<?> task, @Nullable String name, ReferenceQueue<Task<?>> queue, String created) {
            super(task, name, queue);
            this.created = created;
        }

        @Override
        String created() {
            return created;
        }
    }

    /** Creates an entry that is not in the list yet. */
    Entry entryFor(Task<?> task, @Nullable String name) {
        return new Entry(task, name, collected);
    }

    /** The same in debug mode: called where the task is created. */
    Entry tracedEntryFor(Task<?> task, @Nullable String name) {
        StackTraceElement[] stack = Traces.userFrames(new Throwable().getStackTrace());
        String created =
                stack.length == 0 ? "" : " created at " + stack[0].getFileName() + ":" + stack[0].getLineNumber();
        return new TracedEntry(task, name, collected, created);
    }

    void link(Entry entry) {
        Entry last = this.last;
        entry.previous = last;
        last.next = entry;
        this.last = entry;
    }

    /** Takes a task that is done out of the list; does nothing if it was never in it. */
    void unlink(Entry entry) {
        Entry previous = entry.previous;
        if (previous == null) {
            return;
        }
        Entry next = entry.next;
        previous.next = next;
        if (next == null) {
            last = previous;
        } else {
            next.previous = previous;
        }
        entry.previous = null;
        entry.clear();
    }

    /** Returns the tasks that are not done, in the order of their creation. */
    List<Task<?>> live() {
        var live = new ArrayList<Task<?>>();
        forEachLive(Integer.MAX_VALUE, live::add);
        return live;
    }

    /** Gives {@code each} the tasks that are not done, in the order of their creation; of the oldest {@code most} at most. */
    void forEachLive(int most, Consumer<? super Task<?>> each) {
        int left = most;
        for (Entry e = first.next; e != null && left > 0; e = e.next, left--) {
            Task<?> task = e.get();
            if (task != null && !task.done()) {
                each.accept(task);
            }
        }
    }

    /** Returns the entry of a pending task that has become garbage, or null. */
    @Nullable
    Entry pollLost() {
        Object reference;
        while ((reference = collected.poll()) != null) {
            Entry entry = (Entry) reference;
            unlink(entry);
            if (entry.reportsLoss) {
                return entry;
            }
        }
        return null;
    }
}
