package jasyncio.executor;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.AsyncIterable;
import jasyncio.CancelledError;
import jasyncio.Task;
import jasyncio.generator.AsyncGenerator;
import jasyncio.generator.Generator;
import jasyncio.testing.VirtualLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PublishersTest {

    /** Sends what it is told to, and logs what is asked for. */
    private static final class ByHand implements Flow.Publisher<Integer>, Flow.Subscription {
        private final VirtualLoop v;
        Flow.@Nullable Subscriber<? super Integer> subscriber;

        ByHand(VirtualLoop v) {
            this.v = v;
        }

        @Override
        public void subscribe(Flow.Subscriber<? super Integer> subscriber) {
            this.subscriber = subscriber;
            subscriber.onSubscribe(this);
        }

        @Override
        public void request(long n) {
            v.log("request " + n);
        }

        @Override
        public void cancel() {
            v.log("cancel");
        }
    }

    /** Logs all signals, and asks for nothing by itself. */
    private record Logging(VirtualLoop v, List<Flow.Subscription> subscriptions) implements Flow.Subscriber<Object> {
        Logging(VirtualLoop v) {
            this(v, new ArrayList<>());
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriptions.add(subscription);
            v.log("subscribed");
        }

        @Override
        public void onNext(Object item) {
            v.log(item);
        }

        @Override
        public void onError(Throwable failure) {
            v.log(failure.getClass().getSimpleName());
        }

        @Override
        public void onComplete() {
            v.log("complete");
        }

        void request(long n) {
            subscriptions.getFirst().request(n);
            letRun();
        }

        void cancel() {
            subscriptions.getFirst().cancel();
            letRun();
        }
    }

    private static void letRun() {
        for (int i = 0; i < 6; i++) {
            sleep(ZERO);
        }
    }

    @Test
    void iterate_requestsInBatchesAndEndsWithThePublisher() {
        virtually(v -> {
            var publisher = new ByHand(v);
            Task<List<Integer>> task =
                    createTask(() -> Publishers.iterate(publisher, 4).stream().toList());
            letRun();
            for (int i = 1; i <= 4; i++) {
                publisher.subscriber.onNext(i);
            }
            letRun();
            publisher.subscriber.onNext(5);
            publisher.subscriber.onComplete();
            assertEquals(List.of(1, 2, 3, 4, 5), await(task));
            assertEquals(List.of("request 4", "request 3"), v.log());
        });
    }

    @Test
    void iterate_throwsTheFailureAfterTheItems() {
        virtually(v -> {
            var publisher = new ByHand(v);
            var generator = Publishers.iterate(publisher);
            Task<Integer> first = createTask(generator::anext);
            letRun();
            var failure = new IOException("broken");
            publisher.subscriber.onNext(1);
            publisher.subscriber.onError(failure);
            assertEquals(1, await(first));
            assertSame(failure, assertThrows(IOException.class, generator::anext));
            assertEquals(List.of("request 256"), v.log());
        });
    }

    @Test
    void iterate_cancelledOrClosed_cancelsTheSubscription() {
        virtually(v -> {
            var publisher = new ByHand(v);
            var generator = Publishers.iterate(publisher, 2);
            Task<Integer> task = createTask(generator::anext);
            letRun();
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
            assertEquals(List.of("request 2", "cancel"), v.log());

            try (var second = Publishers.iterate(publisher, 2)) {
                Task<Integer> next = createTask(second::anext);
                letRun();
                publisher.subscriber.onNext(1);
                await(next);
            }
            assertEquals(List.of("request 2", "cancel", "request 2", "cancel"), v.log());
        });
    }

    @Test
    void iterate_aPublisherThatRefuses_throwsWhatItSays() {
        virtually(v -> {
            Flow.Publisher<Integer> refusing = subscriber -> {
                throw new IllegalStateException("full");
            };
            assertThrows(
                    IllegalStateException.class,
                    () -> Publishers.iterate(refusing).anext());
            assertThrows(IllegalArgumentException.class, () -> Publishers.iterate(refusing, 0));
        });
    }

    @Test
    void iterate_aPublisherOfOtherThreads_losesNothing() {
        virtually(v -> {
            int count = 100_000;
            var publisher = new SubmissionPublisher<Integer>();
            Thread source = Thread.ofPlatform().start(() -> submit(publisher, count));
            int expected = 0;
            for (int item : Publishers.iterate(publisher, 16)) {
                assertEquals(expected++, item);
            }
            assertEquals(count, expected);
            source.join();
        });
    }

    private static void submit(SubmissionPublisher<Integer> publisher, int count) {
        try (publisher) {
            while (publisher.getNumberOfSubscribers() == 0) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < count; i++) {
                publisher.submit(i);
            }
        }
    }

    @Test
    void publish_sendsAsMuchAsIsRequested() {
        virtually(v -> {
            var subscriber = new Logging(v);
            Publishers.publish(List.of(1, 2, 3)).subscribe(subscriber);
            letRun();
            subscriber.request(2);
            v.log("pause");
            subscriber.request(1);
            assertEquals(List.of("subscribed", "1", "2", "pause", "3", "complete"), v.log());
        });
    }

    @Test
    void publish_anEmptySource_completesWithoutARequest() {
        virtually(v -> {
            Publishers.publish(List.of()).subscribe(new Logging(v));
            letRun();
            assertEquals(List.of("subscribed", "complete"), v.log());
        });
    }

    @Test
    void publish_aRequestOfNothing_isAnErrorWhateverTheSourceDoes() {
        virtually(v -> {
            var subscriber = new Logging(v);
            AsyncGenerator<Integer> slow = AsyncGenerator.of(y -> sleep(ofSeconds(1_000)));
            Publishers.publish(slow).subscribe(subscriber);
            letRun();
            subscriber.request(0);
            subscriber.request(1);
            assertEquals(List.of("subscribed", "IllegalArgumentException"), v.log());
            assertEquals(Generator.State.CLOSED, slow.state());
        });
    }

    @Test
    void publish_cancelled_closesTheGenerator() {
        virtually(v -> {
            var subscriber = new Logging(v);
            AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
                try {
                    for (int i = 1; ; i++) {
                        y.yield(i);
                    }
                } finally {
                    sleep(ZERO);
                    v.log("closed");
                }
            });
            Publishers.publish(generator).subscribe(subscriber);
            letRun();
            subscriber.request(2);
            subscriber.cancel();
            subscriber.request(5);
            assertEquals(List.of("subscribed", "1", "2", "closed"), v.log());
        });
    }

    @Test
    void publish_aGeneratorTwice_isRefused() {
        virtually(v -> {
            var publisher = Publishers.publish(AsyncGenerator.<Integer>of(y -> y.yield(1)));
            var first = new Logging(v);
            publisher.subscribe(first);
            publisher.subscribe(new Logging(v));
            letRun();
            first.request(1);
            assertEquals(List.of("subscribed", "IllegalStateException", "subscribed", "1", "complete"), v.log());
        });
    }

    @Test
    void publish_theSourceFails_isAnError() {
        virtually(v -> {
            var subscriber = new Logging(v);
            AsyncGenerator<Integer> generator = AsyncGenerator.of(y -> {
                y.yield(1);
                throw new IOException("broken");
            });
            Publishers.publish(generator).subscribe(subscriber);
            letRun();
            subscriber.request(1);
            assertEquals(List.of("subscribed", "1", "IOException"), v.log());
        });
    }

    @Test
    void publish_theSubscriberFails_isReportedAndTheEnd() {
        virtually(v -> {
            Flow.Subscriber<Integer> failing = new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscription.request(9);
                }

                @Override
                public void onNext(Integer item) {
                    throw new IllegalArgumentException("not " + item);
                }

                @Override
                public void onError(Throwable failure) {
                    v.log("error");
                }

                @Override
                public void onComplete() {
                    v.log("complete");
                }
            };
            Publishers.publish(List.of(1, 2)).subscribe(failing);
            letRun();
            assertEquals(List.of(), v.log());
            var failures = v.takeFailures();
            assertEquals(1, failures.size());
            assertTrue(failures.getFirst().message().startsWith("Subscriber "));
        });
    }

    @Test
    void publishAndIterate_onOneLoop_givesTheItemsInTheirTime() {
        virtually(v -> {
            AsyncIterable<Integer> slow = AsyncGenerator.of(y -> {
                for (int i = 1; i <= 20; i++) {
                    sleep(ofSeconds(1));
                    y.yield(i);
                }
            });
            int sum = 0;
            for (int item : Publishers.iterate(Publishers.publish(slow), 3)) {
                sleep(ofSeconds(2));
                sum += item;
            }
            assertEquals(210, sum);
            assertEquals(ofSeconds(41), v.elapsed());
        });
    }
}
