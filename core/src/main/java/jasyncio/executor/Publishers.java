package jasyncio.executor;

import jasyncio.AsyncIterable;
import jasyncio.Asyncio;
import jasyncio.generator.AsyncGenerator;
import jasyncio.generator.Generator;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reactive streams ({@link Flow}) as asynchronous iteration, and the other way round, with back-pressure.
 *
 * {@snippet :
 * try (var rows = Publishers.iterate(query.publisher())) {
 *     for (var row : rows) {
 *         store(row); // may await: the publisher waits meanwhile, with at most 256 rows under way
 *     }
 * }
 * }
 */
public final class Publishers {
    private static final int BUFFER_SIZE = 256;

    private Publishers() {}

    /** Iterates what {@code publisher} publishes, with at most 256 items requested and not taken. Never suspends; thread-safe. */
    public static <T> AsyncGenerator<T> iterate(Flow.Publisher<? extends T> publisher) {
        return iterate(publisher, BUFFER_SIZE);
    }

    /**
     * Iterates what {@code publisher} publishes. The first advance subscribes; items are requested in batches, so that never more than
     * {@code bufferSize} are under way or waiting to be taken. A failure of the publisher is thrown by the iteration.
     *
     * <p>Closing the generator cancels the subscription, and so does a cancellation that arrives while a task waits for an item. One that is
     * left without being closed is closed by the loop, as each {@link AsyncGenerator}. Never suspends; thread-safe.
     *
     * @param bufferSize how many items, at least 1
     */
    public static <T> AsyncGenerator<T> iterate(Flow.Publisher<? extends T> publisher, int bufferSize) {
        Objects.requireNonNull(publisher, "Nothing to iterate: the publisher is null");
        if (bufferSize < 1) {
            throw new IllegalArgumentException("A buffer holds at least one item, and not " + bufferSize);
        }
        return AsyncGenerator.of(y -> new Inflow<T>(Asyncio.runningLoop(), bufferSize).handOut(publisher, y));
    }

    /**
     * Publishes the items of {@code source}, an {@link AsyncIterable} in general. Each subscriber is served by a task of the caller's loop,
     * which iterates {@code source} anew, one item ahead of what was requested, and calls the subscriber; so what the subscriber does in
     * {@code onNext} may await. A generator gives its items once: it is for a single subscriber, and is closed when that has enough.
     *
     * <p>Subscribers may come, request and cancel on any thread, as long as the loop runs. One whose task is cancelled otherwise, by the end
     * of {@code run} for instance, gets a {@link java.util.concurrent.CancellationException}. Never suspends; for a task or callback of the
     * loop.
     */
    public static <T> Flow.Publisher<T> publish(Iterable<? extends T> source) {
        Objects.requireNonNull(source, "Nothing to publish: the argument is null");
        var loop = Asyncio.runningLoop();
        var taken = new AtomicBoolean();
        return new Flow.Publisher<>() {
            @Override
            public void subscribe(Flow.@Nullable Subscriber<? super T> subscriber) {
                Objects.requireNonNull(subscriber, "Cannot subscribe nobody: the subscriber is null");
                var outflow = new Outflow<T>(loop, source, subscriber);
                if (source instanceof Generator<?> && taken.getAndSet(true)) {
                    outflow.refuse(new IllegalStateException("Cannot publish " + source
                            + " once more: a generator gives its items once; publish something that iterates anew"));
                } else {
                    outflow.start();
                }
            }
        };
    }
}
