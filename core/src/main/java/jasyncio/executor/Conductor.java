package jasyncio.executor;

import java.io.EOFException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a pool that keeps one child busy: takes a job, sends it, waits for the result, completes the future; and replaces a child
 * that has done its share.
 *
 * <p>There is one blocking thread for each child and none for a job, however many wait. While jobs are short and many, some are sent ahead,
 * so that neither side waits for the other; those that end up behind one that takes its time come back from the child, and go to whoever
 * is free.
 */
final class Conductor implements Runnable {
    /** The most jobs that a child has at a time. */
    private static final int MOST_AHEAD = 8;

    /** A job that takes longer has none sent behind it, in nanoseconds. */
    private static final long SHORT = 5_000_000;

    private final ProcessPoolExecutor pool;
    private final PoolOptions options;
    private final Codec codec;

    /** The child once it is there, and what it runs. Written by this thread, read by any. */
    private volatile @Nullable Child child;

    private volatile @Nullable PoolJob<?> running;

    /** This thread deals with the child, and so learns from what it reads how it ended. Written by this thread, read by any. */
    private volatile boolean attending;

    // ---- for this thread

    /** What the child was given and has not answered for, by number, in that order. */
    private final SequencedMap<Long, PoolJob<?>> sent = new LinkedHashMap<>();

    /** How many jobs the child may have at a time: more while jobs are short. */
    private int window = 1;

    /** Jobs that the child was given and has kept. */
    private int given;

    private long lastNumber;
    private long lastFrame;

    Conductor(ProcessPoolExecutor pool, PoolOptions options) {
        this.pool = pool;
        this.options = options;
        this.codec = new Codec(options.resultFilter);
    }

    @Override
    public void run() {
        try {
            PoolJob<?> job;
            while ((job = pool.take()) != null) {
                attending = true;
                attend(job);
                attending = false;
                Child kept = child;
                if (kept != null && kept.died()) {
                    childDied(kept, null);
                }
            }
        } finally {
            Child last = child;
            if (last != null) {
                last.dismiss();
            }
            pool.ended(this);
        }
    }

    /** Sends a job, and stays with it and those that are sent ahead until all are settled. */
    private void attend(PoolJob<?> job) {
        try {
            if (job.isDone()) {
                return; // cancelled while it waited
            }
            Child child = child();
            send(job, child);
            while (!sent.isEmpty()) {
                sendAhead(child);
                settleNext(child);
            }
            if (given >= options.maxTasksPerChild) {
                this.child = null;
                child.dismiss();
            }
        } catch (Child.StillbornException e) {
            pool.broken(whatDied(e.process.pid(), Child.exitCodeOf(e.process), null), e.getCause());
        } catch (IOException e) {
            childDied(child, e);
        }
        pool.settleLost(job);
        sent.values().forEach(pool::settleLost);
        sent.clear();
        running = null;
    }

    private Child child() throws IOException {
        Child present = child;
        if (present != null) {
            return present;
        }
        Child started;
        try {
            started = Child.start(options);
        } catch (Child.StillbornException e) {
            throw e;
        } catch (IOException e) {
            pool.broken(new Obituary("A child of the process pool cannot be started", -1, null, null), e);
            throw e;
        }
        given = 0;
        child = started;
        if (pool.killing()) {
            started.kill();
        }
        started.ifItDies(() -> {
            if (!attending) {
                childDied(started, null);
            }
        });
        return started;
    }

    private void send(PoolJob<?> job, Child child) throws IOException {
        long number = ++lastNumber;
        sent.put(number, job);
        running = sent.firstEntry().getValue();
        if (job.sendTo(child, number)) {
            given++;
        } else {
            sent.remove(number); // cancelled just now
        }
    }

    private void sendAhead(Child child) throws IOException {
        while (sent.size() < window && given < options.maxTasksPerChild) {
            PoolJob<?> job = pool.takeAhead();
            if (job == null) {
                return;
            }
            send(job, child);
        }
    }

    /** Waits for an answer of the child's. */
    private void settleNext(Child child) throws IOException {
        Wire.Frame frame = child.wire().receive();
        if (frame == null) {
            throw new EOFException("The child has closed its end");
        }
        if (frame.kind() == Wire.UNUSABLE) {
            unusable(child, frame);
            throw new EOFException("The child ends");
        }
        PoolJob<?> job = sent.remove(frame.job());
        if (job == null) {
            throw new IOException("An answer to no job, " + frame.job() + " (please report)");
        }
        adjustWindow(frame);
        if (frame.kind() == Wire.RETURNED) {
            given--;
            job.returned();
            pool.giveBack(job);
        } else {
            settle(job, child, frame);
        }
        Map.Entry<Long, PoolJob<?>> next = sent.firstEntry();
        running = next == null ? null : next.getValue();
    }

    private void adjustWindow(Wire.Frame frame) {
        long now = System.nanoTime();
        boolean isShort = now - lastFrame < SHORT && frame.kind() != Wire.RETURNED;
        window = isShort ? Math.min(2 * window, MOST_AHEAD) : 1;
        lastFrame = now;
    }

    private void settle(PoolJob<?> job, Child child, Wire.Frame frame) {
        byte[] payload = frame.payload();
        if (payload == null) {
            job.completeExceptionally(new OutOfMemoryError(
                    "The result of " + job + " takes " + frame.length() + " bytes, and there is no room for them"));
        } else if (frame.kind() == Wire.RESULT) {
            succeed(job, payload);
        } else {
            job.completeExceptionally(
                    RemoteFailure.read(payload, codec, "child process " + child.pid() + " by " + job));
        }
    }

    private void unusable(Child child, Wire.Frame frame) {
        String where = "child process " + child.pid() + " of the process pool";
        byte[] payload = frame.payload();
        Throwable failure = payload == null ? null : RemoteFailure.read(payload, codec, where);
        pool.broken(new Obituary("The initializer has failed in " + where, child.pid(), null, null), failure);
    }

    private void succeed(PoolJob<?> job, byte[] payload) {
        Object value;
        try {
            value = codec.read(payload);
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
            e.addSuppressed(
                    new RemoteTraceback("Thrown while the result of " + job + " was read from a child process"));
            job.completeExceptionally(e);
            return;
        }
        job.succeed(value);
    }

    /** On this thread, or on whichever hears of the end of the process. */
    private void childDied(@Nullable Child dead, @Nullable IOException cause) {
        if (dead != null && !pool.killing()) {
            pool.broken(whatDied(dead.pid(), dead.exitCode(), running), cause);
        }
    }

    private static Obituary whatDied(long pid, @Nullable Integer exitCode, @Nullable PoolJob<?> job) {
        String end = exitCode == null
                ? "did not end"
                : exitCode > 128 && exitCode < 160
                        ? "was killed by signal " + (exitCode - 128)
                        : "ended with exit code " + exitCode;
        String when = job == null ? " while it was idle or starting" : " while it ran " + job;
        return new Obituary(
                "Child process " + pid + " of the process pool " + end + when,
                pid,
                exitCode,
                job == null ? null : job.toString());
    }

    /** Which child, how, and what it ran. */
    record Obituary(
            String text,
            long pid,
            @Nullable Integer exitCode,
            @Nullable String job) {
        BrokenProcessPoolException exception(@Nullable Throwable cause) {
            return new BrokenProcessPoolException(
                    text + "; the pool takes no more jobs: create another one", pid, exitCode, job, cause);
        }
    }

    /** Ends the child at once. From any thread. */
    void kill() {
        Child current = child;
        if (current != null) {
            current.kill();
        }
    }

    /** Throws {@code e} as it is, whatever its type. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <X extends Throwable> X rethrow(Throwable e) throws X {
        throw (X) e;
    }
}
