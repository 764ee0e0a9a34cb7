package jasyncio.executor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How a child reads: between jobs by its worker, without a detour; during a job that takes its time by a watcher, which sees the pool's end
 * and interruptions, and hands the next job over; one that comes during the job it gives back, for another child.
 *
 * <p>{@code watching} says who may read from the socket. It becomes true only while a job runs, and the worker reads only while it is
 * false and no job runs; so never do both.
 */
final class Intake {
    /** After so many milliseconds in one job, the worker is watched. */
    private static final long PATIENCE = 50;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Wire wire;
    private final Thread worker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // ---- guarded by lock

    /** Counts the jobs, so that the watcher can tell one from the next. */
    private long begun;

    private boolean running;
    private boolean watching;
    private boolean watcherIdle;
    private Wire.@Nullable Frame handedOver;
    private boolean ended;

    /** The pool's number of the job that runs. */
    private long current;

    Intake(Wire wire, Thread worker) {
        this.wire = wire;
        this.worker = worker;
        Thread.ofPlatform().daemon().name("pool-watcher").start(this::watch);
    }

    // ---- the worker

    /** Waits for the next job, which counts as running from then on; null at the end. */
    Wire.@Nullable Frame next() throws IOException {
        Wire.Frame frame = takeHandedOver();
        while (frame == null && !over()) {
            frame = wire.receive();
            if (frame == null) {
                return null;
            }
            if (frame.kind() == Wire.INTERRUPT) {
                frame = null; // too late: that job is done
            }
        }
        if (frame != null) {
            begin(frame);
        }
        return frame;
    }

    private boolean over() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    private Wire.@Nullable Frame takeHandedOver() {
        lock.lock();
        try {
            while (watching && handedOver == null && !ended) {
                changed.awaitUninterruptibly();
            }
            Wire.Frame frame = handedOver;
            handedOver = null;
            if (frame != null) {
                watching = false;
                changed.signalAll();
            }
            return frame;
        } finally {
            lock.unlock();
        }
    }

    private void begin(Wire.Frame frame) {
        lock.lock();
        try {
            begun++;
            current = frame.job();
            running = true;
            if (watcherIdle) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The job is over: nothing interrupts it any more. */
    void done() {
        lock.lock();
        try {
            running = false;
            var _ = Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }

    // ---- the watcher

    private void watch() {
        long seen = 0;
        while (true) {
            if (watches(seen)) {
                read();
            } else {
                seen = latest();
                pause();
            }
        }
    }

    /** Waits until a job runs; takes the reading over if it is the one that was seen before. */
    private boolean watches(long seen) {
        lock.lock();
        try {
            while (!running) {
                watcherIdle = true;
                changed.awaitUninterruptibly();
            }
            watcherIdle = false;
            watching = begun == seen;
            return watching;
        } finally {
            lock.unlock();
        }
    }

    private long latest() {
        lock.lock();
        try {
            return begun;
        } finally {
            lock.unlock();
        }
    }

    /** Reads until the next job. */
    private void read() {
        while (true) {
            Wire.Frame frame = receive();
            lock.lock();
            try {
                if (frame == null) {
                    if (running) {
                        Runtime.getRuntime().halt(1);
                    }
                    ended = true;
                    changed.signalAll();
                    return;
                }
                if (frame.kind() == Wire.JOB && running) {
                    giveBack(frame);
                } else if (frame.kind() != Wire.INTERRUPT) {
                    handedOver = frame;
                    changed.signalAll();
                    while (watching) {
                        changed.awaitUninterruptibly();
                    }
                    return;
                }
                if (running && frame.kind() == Wire.INTERRUPT && frame.job() == current) {
                    worker.interrupt();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private Wire.@Nullable Frame receive() {
        try {
            return wire.receive();
        } catch (IOException e) {
            return null; // the pool's end of the socket is gone
        }
    }

    private void giveBack(Wire.Frame frame) {
        try {
            wire.send(Wire.RETURNED, frame.job(), NOTHING);
        } catch (IOException e) {
            // the pool's end of the socket is gone, as the next read tells
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PATIENCE);
        } catch (InterruptedException e) {
            // nobody does that
        }
    }
}
