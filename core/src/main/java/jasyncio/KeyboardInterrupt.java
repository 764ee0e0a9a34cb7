package jasyncio;

/**
 * Thrown out of {@link Asyncio#run} when the user pressed Ctrl-C (SIGINT) and the program did not finish its work all the same.
 *
 * <p>Unlike any other failure of a task it is not kept for whoever awaits the task: it also ends the loop.
 */
public final class KeyboardInterrupt extends Error {
    private static final long serialVersionUID = 1L;

    public KeyboardInterrupt() {
        super("Interrupted from the keyboard");
    }
}
