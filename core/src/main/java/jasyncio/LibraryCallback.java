package jasyncio;

/**
 * A callback of the library's own. It runs in place on the loop's bare thread, so it must take no lock, run no user code and print
 * nothing: the lock behind {@code System.out} may be held by a task that this very thread would have to step.
 */
interface LibraryCallback {
    void run();
}
