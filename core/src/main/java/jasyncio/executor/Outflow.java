package jasyncio.executor;

import jasyncio.Asyncio;
import jasyncio.CancelledError;
import jasyncio.EventLoop;
import jasyncio.Task;
import jasyncio.generator.Generator;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber, served by a task of the loop that iterates the source.
 *
 * <p>{@code request} and {@code cancel} come from any thread; they only put down what is wanted and ring, or have the loop cancel the task.
 * All signals are sent by the task, so they are sent one at a time.
 */
final class Outflow<T> implements Flow.Subscription {
    /** After so many items in a row the other tasks of the loop have a turn. */
    private static final int IN_A_ROW = 256;

    private final EventLoop loop;
    private final Doorbell bell;
    private final Iterable<? extends T> source;
    private final Flow.Subscriber<? super T> subscriber;

    /** How many items are requested and not sent; {@code Long.MAX_VALUE} is no limit. */
    private final AtomicLong demand = new AtomicLong();

    /** The subscriber wants nothing more, or has been told that there is nothing more. */
    private volatile boolean over;

    /** A request that was no number of items, or null. */
    private volatile @Nullable Long refused;

    /** The task once it runs, and whether it is through with the source. For the loop. */
    private @Nullable Task<?> task;

    private boolean finished;

    Outflow(EventLoop loop, Iterable<? extends T> source, Flow.Subscriber<? super T> subscriber) {
        this.loop = loop;
        this.bell = new Doorbell(loop);
        this.source = source;
        this.subscriber = subscriber;
    }

    /** On any thread. */
    void start() {
        try {
            loop.callSoonThreadsafe(() -> task = loop.task().name("publisher").start(this::serve));
        } catch (IllegalStateException closed) {
            refuse(closed);
        }
    }

    /** Sends nothing but a failure. On any thread. */
    void refuse(IllegalStateException failure) {
        over = true;
        subscriber.onSubscribe(this);
        subscriber.onError(failure);
    }

    // ---- what the subscriber asks for, on any thread

    @Override
    public void request(long n) {
        if (n > 0) {
            demand.accumulateAndGet(n, (before, more) -> before + more < 0 ? Long.MAX_VALUE : before + more);
            bell.ring();
        } else if (!over) {
            refused = n;
            interruptTask();
        }
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            interruptTask();
        }
    }

    /** Gets the task out of what it awaits: an item of the source, or more demand. */
    private void interruptTask() {
        try {
            loop.callSoonThreadsafe(() -> {
                if (task != null && !finished) {
                    task.cancel();
                }
            });
        } catch (IllegalStateException e) {
            // The loop is closed, and the task is gone.
        }
    }

    // ---- the task

    private void serve() {
        try {
            toSubscriber(() -> subscriber.onSubscribe(this));
            Throwable failure = null;
            try {
                send();
            } catch (Throwable e) {
                failure = explained(e);
            }
            finish(failure);
        } finally {
            if (source instanceof Generator<?> generator) {
                generator.close();
            }
        }
    }

    private void send() {
        Iterator<? extends T> items = source.iterator();
        int inARow = 0;
        while (!over && items.hasNext()) {
            bell.awaitUntil(() -> demand.get() > 0 || over || refused != null);
            if (over || refused != null) {
                return;
            }
            T item = Objects.requireNonNull(items.next(), "A publisher publishes no null, and the source gave one");
            demand.updateAndGet(left -> left == Long.MAX_VALUE ? left : left - 1);
            toSubscriber(() -> subscriber.onNext(item));
            if (++inARow == IN_A_ROW) {
                inARow = 0;
                Asyncio.sleep(Duration.ZERO);
            }
        }
    }

    /** Calls the subscriber. One that throws, which it must not do, gets nothing more. */
    private void toSubscriber(Runnable signal) {
        try {
            signal.run();
        } catch (CancelledError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            over = true;
            loop.callExceptionHandler(new EventLoop.Failure("Subscriber " + subscriber + " has failed", e, null));
        }
    }

    private Throwable explained(Throwable e) {
        if (!(e instanceof CancelledError)) {
            return e;
        }
        var cancellation = new CancellationException("The task that publishes was cancelled");
        cancellation.initCause(e);
        return cancellation;
    }

    private void finish(@Nullable Throwable failure) {
        finished = true;
        if (over) {
            return;
        }
        over = true;
        Long refused = this.refused;
        if (refused != null) {
            toSubscriber(() -> subscriber.onError(new IllegalArgumentException(
                    "Reactive Streams, rule 3.9: at least one item is to be requested, and not " + refused)));
        } else if (failure != null) {
            toSubscriber(() -> subscriber.onError(failure));
        } else {
            toSubscriber(subscriber::onComplete);
        }
    }
}
