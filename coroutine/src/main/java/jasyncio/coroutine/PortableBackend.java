package jasyncio.coroutine;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The backend on public API only: loop and coroutines are ordinary virtual threads of which exactly one has the baton.
 *
 * <p>The order of everything is that of the fast backend. What is lost: a blocking call in a coroutine keeps the baton, so it blocks the
 * loop, no timeout fires meanwhile, and a coroutine that waits in a blocking way for another one waits for ever.
 */
final class PortableBackend extends Backend {

    @Override
    public String name() {
        return "portable";
    }

    @Override
    public boolean parksBlockingCalls() {
        return false;
    }

    @Override
    public void runLoop(String name, Runnable loop, CompletableFuture<@Nullable Void> end) {
        if (Thread.currentThread().isVirtual()) {
            loop.run();
        } else {
            // Handing the baton between a platform and a virtual thread costs 20 µs, between two virtual ones under
            // one.
            Detour.run(Thread.ofVirtual().name(name), loop, end);
        }
    }

    @Override
    public CoroutineThread newThread(Host host, Object owner, Group group) {
        return new PortableThread(host, owner);
    }

    @Override
    public Group newGroup(String name, Supplier<Stream<Thread>> threads) {
        return () -> {};
    }

    @Override
    @Nullable
    CoroutineThread current() {
        return PortableThread.CURRENT.get();
    }

    @Override
    OneShotContinuation newContinuation(OneShotContinuation.Scope scope, String kind, Runnable body) {
        return new PortableContinuation(scope, kind, body);
    }

    @Override
    void yieldContinuation(OneShotContinuation.Scope scope) {
        PortableContinuation.yieldInnermost(scope);
    }

    @Override
    Thread bottomOfContinuations() {
        return PortableContinuation.bottomOfCaller();
    }
}
