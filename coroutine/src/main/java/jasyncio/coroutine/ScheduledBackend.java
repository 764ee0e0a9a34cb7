package jasyncio.coroutine;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jdk.internal.vm.ThreadContainer;
import jdk.internal.vm.ThreadContainers;
import org.jspecify.annotations.Nullable;

/**
 * The fast backend: each coroutine is a virtual thread whose scheduler is its own {@link ScheduledThread}, mounted on the loop's OS
 * thread. Whether the JVM allows it shows in the constructor.
 */
final class ScheduledBackend extends Backend {

    ScheduledBackend() throws ReflectiveOperationException {
        // The first virtual thread must have ended before VirtualThread.run is compiled: otherwise that code is thrown
        // away, with all
        // frames in it, at the end of every thread then alive (5 µs each). It also touches every class and flag that is
        // needed.
        ScheduledThread first =
                new ScheduledThread(new FirstThread(), this, (ScheduledGroup) newGroup("jasyncio", Stream::empty));
        Thread loop = Thread.ofPlatform().name("jasyncio-start").daemon().unstarted(first::step);
        loop.start();
        try {
            loop.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!first.done()) {
            throw new ReflectiveOperationException("a virtual thread on a scheduler of our own did not run");
        }
    }

    @Override
    public String name() {
        return "loop";
    }

    @Override
    public boolean parksBlockingCalls() {
        return true;
    }

    @Override
    public void runLoop(String name, Runnable loop, CompletableFuture<@Nullable Void> end) {
        if (Thread.currentThread().isVirtual()) {
            // A virtual thread cannot be the carrier of others.
            Detour.run(Thread.ofPlatform().name(name).daemon(), loop, end);
        } else {
            Monitors.ofThisThread().inflateHeld();
            loop.run();
        }
    }

    @Override
    public CoroutineThread newThread(Host host, Object owner, Group group) {
        return new ScheduledThread(host, owner, (ScheduledGroup) group);
    }

    @Override
    public Group newGroup(String name, Supplier<Stream<Thread>> threads) {
        return new ScheduledGroup(name, threads);
    }

    @Override
    @Nullable
    CoroutineThread current() {
        Thread thread = Thread.currentThread();
        // The scheduler is a field of the thread that exists anyway, so finding the coroutine costs no memory. A thread
        // that a library
        // started inside a coroutine has inherited the scheduler and is told apart by its identity.
        return thread.isVirtual()
                        && JdkThreads.schedulerOf(thread) instanceof ScheduledThread coroutine
                        && coroutine.thread() == thread
                ? coroutine
                : null;
    }

    @Override
    OneShotContinuation newContinuation(OneShotContinuation.Scope scope, String kind, Runnable body) {
        return new RawContinuation(scope, kind, body);
    }

    @Override
    void yieldContinuation(OneShotContinuation.Scope scope) {
        RawContinuation.yieldInnermost(scope);
    }

    @Override
    Thread bottomOfContinuations() {
        return Thread.currentThread();
    }

    /** A container of the loop's own: cheaper to start in than the root container, and it keeps no dropped coroutine alive. */
    static final class ScheduledGroup implements Group {
        final ThreadContainer container;
        final ClassLoader contextClassLoader;
        private final Object registration;

        ScheduledGroup(String name, Supplier<Stream<Thread>> threads) {
            container = new ThreadContainer(true) {
                @Override
                public String name() {
                    return name;
                }

                @Override
                public Stream<Thread> threads() {
                    return threads.get();
                }
            };
            contextClassLoader = Thread.currentThread().getContextClassLoader();
            registration = ThreadContainers.registerContainer(container);
        }

        @Override
        public void close() {
            ThreadContainers.deregisterContainer(registration);
        }
    }

    private static final class FirstThread implements Host {
        @Override
        public void runBody(Object owner) {}

        @Override
        public @Nullable String threadName(Object owner) {
            return null;
        }

        @Override
        public void unblocked(CoroutineThread thread) {}
    }
}
