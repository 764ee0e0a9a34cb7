package jasyncio.executor;

import jasyncio.EventLoop;
import jasyncio.generator.Generator;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One subscription that a generator hands out.
 *
 * <p>The publisher signals on any thread, one signal at a time; these only put things down and ring. All calls of the subscription are made
 * by the generator's body, so they are made one at a time.
 */
final class Inflow<T> implements Flow.Subscriber<T> {
    private final Doorbell bell;
    private final int bufferSize;
    private final ConcurrentLinkedQueue<T> items = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();

    /** How it ended: written before {@code ended}. */
    private @Nullable Throwable failure;

    private volatile boolean ended;

    Inflow(EventLoop loop, int bufferSize) {
        this.bell = new Doorbell(loop);
        this.bufferSize = bufferSize;
    }

    /** Stands for a subscription that nobody wants any more. */
    private static final class Cancelled implements Flow.Subscription {
        static final Cancelled INSTANCE = new Cancelled();

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }

    // ---- signals, on any thread

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        Objects.requireNonNull(subscription, "A subscription is needed; it is null");
        if (this.subscription.compareAndSet(null, subscription)) {
            bell.ring();
        } else {
            subscription.cancel(); // a second one, or too late
        }
    }

    @Override
    public void onNext(T item) {
        items.add(Objects.requireNonNull(item, "An item is needed; it is null"));
        bell.ring();
    }

    @Override
    public void onError(Throwable failure) {
        end(Objects.requireNonNull(failure, "A failure is needed; it is null"));
    }

    @Override
    public void onComplete() {
        end(null);
    }

    private void end(@Nullable Throwable failure) {
        if (!ended) {
            this.failure = failure;
            ended = true;
        }
        bell.ring();
    }

    // ---- the generator's body

    void handOut(Flow.Publisher<? extends T> publisher, Generator.Yielder<T> y) throws Exception {
        try {
            publisher.subscribe(this);
            bell.awaitUntil(() -> subscription.get() != null || ended);
            handOut(y);
        } finally {
            Flow.Subscription left = subscription.getAndSet(Cancelled.INSTANCE);
            if (left != null && !ended) {
                left.cancel();
            }
        }
        if (failure instanceof Exception e) {
            throw e;
        } else if (failure instanceof Error e) {
            throw e;
        } else if (failure != null) {
            throw new IllegalStateException("The publisher has failed", failure);
        }
    }

    private void handOut(Generator.Yielder<T> y) {
        request(bufferSize);
        int batch = bufferSize - bufferSize / 4;
        int taken = 0;
        while (true) {
            boolean last = ended; // whatever was published was published before
            T item = items.poll();
            if (item != null) {
                if (++taken == batch) {
                    taken = 0;
                    request(batch);
                }
                y.yield(item);
            } else if (last) {
                return;
            } else {
                bell.awaitUntil(() -> !items.isEmpty() || ended);
            }
        }
    }

    private void request(long n) {
        Flow.Subscription current = subscription.get();
        if (current != null && !ended) {
            current.request(n);
        }
    }
}
