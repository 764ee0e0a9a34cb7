package jasyncio;

import java.time.Duration;

/** A timer of the library's own: runs a {@link LibraryCallback} when it is due, unless it is cancelled. */
final class Deadline implements Timer, LibraryCallback {
    private final Kernel kernel;
    private final LibraryCallback due;
    private boolean inTimers;
    private boolean cancelled;

    private Deadline(Kernel kernel, LibraryCallback due) {
        this.kernel = kernel;
        this.due = due;
    }

    static Deadline after(Kernel kernel, Duration length, LibraryCallback due) {
        return at(kernel, kernel.time.after(length), due);
    }

    static Deadline at(Kernel kernel, long nanos, LibraryCallback due) {
        var deadline = new Deadline(kernel, due);
        deadline.inTimers = true;
        kernel.timers.add(nanos, deadline);
        return deadline;
    }

    /** Goes to the ready queue at once. */
    static Deadline now(Kernel kernel, LibraryCallback due) {
        var deadline = new Deadline(kernel, due);
        kernel.ready.add(deadline);
        return deadline;
    }

    void cancel() {
        if (inTimers && !cancelled) {
            kernel.timers.cancelledOne();
        }
        cancelled = true;
    }

    @Override
    public void run() {
        if (!cancelled) {
            due.run();
        }
    }

    @Override
    public boolean dead() {
        return cancelled;
    }

    @Override
    public void removed() {
        inTimers = false;
    }
}
