package jasyncio.executor;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A child of a {@link ProcessPoolExecutor} has died: it was killed, crashed, halted, could not start, or its initializer has thrown (which
 * is the cause, then). The pool is of no use any more: whatever was submitted and is not done fails with this, and so does a later submit.
 */
public final class BrokenProcessPoolException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final long pid;
    private final @Nullable Integer exitCode;
    private final @Nullable String job;

    BrokenProcessPoolException(
            String message, long pid, @Nullable Integer exitCode, @Nullable String job, @Nullable Throwable cause) {
        super(message, cause);
        this.pid = pid;
        this.exitCode = exitCode;
        this.job = job;
    }

    /** The same for one more who asks: an exception of their own, with this as its cause. */
    BrokenProcessPoolException forAnother() {
        return new BrokenProcessPoolException(String.valueOf(getMessage()), pid, exitCode, job, this);
    }

    /** Returns the process id of the child that died; empty if it could not be started. */
    public OptionalLong pid() {
        return pid < 0 ? OptionalLong.empty() : OptionalLong.of(pid);
    }

    /** Returns its exit code, which is 128 plus the number of the signal for one that was killed; empty if there is none. */
    public OptionalInt exitCode() {
        return exitCode == null ? OptionalInt.empty() : OptionalInt.of(exitCode);
    }

    /** Returns what the child was running, as text; null if it was idle. */
    public @Nullable String job() {
        return job;
    }
}
