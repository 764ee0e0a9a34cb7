package jasyncio;

/**
 * The loop was stopped by something that blocked its thread, or a task of it waited too long for a {@code synchronized} lock, and
 * {@code -Djasyncio.watchdog.fail=true} asked for this to be a failure. The message is the watchdog's report: who blocks where, for what,
 * and the cure.
 */
public final class LoopStalledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoopStalledException(String report) {
        super(report);
    }
}
