package jasyncio.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.AsyncIterable;
import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.Task;
import jasyncio.generator.AsyncGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.testng.ITestResult;
import org.testng.SkipException;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;

/** The Reactive Streams project's own tests of its rules, on both directions. */
class TckTest {
    private static final long TIMEOUT_MILLIS = 1_000;
    private static final long SILENCE_MILLIS = 50;

    @Test
    void publisher_keepsTheRules() {
        assertPasses(OfPublisher.class, 30);
    }

    @Test
    void publisherOfAGenerator_keepsTheRules() {
        assertPasses(OfGenerator.class, 30);
    }

    @Test
    void subscriber_keepsTheRules() {
        assertPasses(OfSubscriber.class, 10);
    }

    private static void assertPasses(Class<?> verification, int atLeast) {
        var listener = new TestListenerAdapter();
        var tests = new TestNG(false);
        tests.setTestClasses(new Class<?>[] {verification});
        tests.addListener(listener);
        tests.setVerbose(0);
        tests.run();
        List<String> failed = new ArrayList<>();
        for (ITestResult each : listener.getFailedTests()) {
            failed.add(each.getName() + ": " + each.getThrowable());
        }
        for (ITestResult each : listener.getConfigurationFailures()) {
            failed.add(each.getName() + ": " + each.getThrowable());
        }
        for (ITestResult each : listener.getSkippedTests()) {
            if (!(each.getThrowable() instanceof SkipException)) {
                failed.add(each.getName() + " was not run: " + each.getThrowable());
            }
        }
        assertEquals(List.of(), failed);
        int passed = listener.getPassedTests().size();
        assertTrue(passed >= atLeast, "only " + passed + " of the rules were tested");
    }

    /** A loop on a thread of its own, with a task that lasts until the end of the tests. */
    private static final class RunningLoop {
        final EventLoop loop = Asyncio.newEventLoop();
        private final CompletableFuture<Future<String>> end = new CompletableFuture<>();
        private final Thread thread = new Thread(this::run, "tck");

        private void run() {
            loop.runUntilComplete(() -> {
                Future<String> wanted = loop.createFuture();
                end.complete(wanted);
                Asyncio.await(wanted);
                var left = new HashSet<>(Asyncio.allTasks());
                left.remove(Asyncio.currentTask());
                left.forEach(Task::cancel);
            });
            loop.close();
        }

        RunningLoop start() {
            thread.setDaemon(true);
            thread.start();
            end.join();
            return this;
        }

        void stop() throws InterruptedException {
            loop.callSoonThreadsafe(() -> end.join().setResult("end"));
            thread.join(10_000);
        }

        <T> Flow.Publisher<T> publish(Iterable<T> source) {
            return Asyncio.runCoroutineThreadsafe(loop, () -> Publishers.publish(source))
                    .join();
        }
    }

    /** A source that is there already. */
    public static class OfPublisher extends FlowPublisherVerification<Long> {
        private final RunningLoop running = new RunningLoop();

        public OfPublisher() {
            super(new TestEnvironment(TIMEOUT_MILLIS, SILENCE_MILLIS));
        }

        @BeforeClass
        public void start() {
            running.start();
        }

        @AfterClass
        public void stop() throws InterruptedException {
            running.stop();
        }

        @Override
        public Flow.Publisher<Long> createFlowPublisher(long elements) {
            return running.publish(items(elements));
        }

        Iterable<Long> items(long elements) {
            return AsyncIterable.from(() -> LongStream.range(0, elements).iterator());
        }

        @Override
        public Flow.Publisher<Long> createFailedFlowPublisher() {
            return running.publish(() -> {
                throw new IllegalArgumentException("the source fails");
            });
        }
    }

    /** A generator of its own for each subscriber, which awaits before each item. */
    public static class OfGenerator extends OfPublisher {
        @Override
        Iterable<Long> items(long elements) {
            return () -> AsyncGenerator.<Long>of(y -> {
                        for (long i = 0; i < elements; i++) {
                            Asyncio.sleep(Duration.ZERO);
                            y.yield(i);
                        }
                    })
                    .iterator();
        }
    }

    /** What subscribes when a task iterates. */
    public static class OfSubscriber extends FlowSubscriberBlackboxVerification<Integer> {
        private final RunningLoop running = new RunningLoop();

        public OfSubscriber() {
            super(new TestEnvironment(TIMEOUT_MILLIS, SILENCE_MILLIS));
        }

        @BeforeClass
        public void start() {
            running.start();
        }

        @AfterClass
        public void stop() throws InterruptedException {
            running.stop();
        }

        /** The subscriber of a running iteration, which the publisher of that iteration was given. */
        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // what ends the iteration is the business of the tests
        public Flow.Subscriber<Integer> createFlowSubscriber() {
            var subscriber = new CompletableFuture<Flow.Subscriber<? super Integer>>();
            Asyncio.runCoroutineThreadsafe(running.loop, () -> {
                try (var items = Publishers.<Integer>iterate(subscriber::complete, 4)) {
                    for (int item : items) {
                        assertTrue(item >= 0);
                    }
                }
            });
            @SuppressWarnings("unchecked") // it takes Integer
            var wanted = (Flow.Subscriber<Integer>) subscriber.join();
            return wanted;
        }

        @Override
        public Integer createElement(int element) {
            return element;
        }
    }
}
