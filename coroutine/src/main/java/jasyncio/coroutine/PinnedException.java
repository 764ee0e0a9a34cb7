package jasyncio.coroutine;

/** A coroutine could not be suspended, because a frame on its stack cannot be moved off the thread. */
public final class PinnedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    PinnedException() {
        super(
                "Cannot await here: a class initialiser or a native method is on the stack of this task, so it cannot be suspended;"
                        + " move the await out of the static initialiser (or the native callback), for example into a lazily called method");
    }
}
