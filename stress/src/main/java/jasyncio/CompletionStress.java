package jasyncio;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import jasyncio.stress.Pause;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A task that ends on the loop against {@code toCompletableFuture().cancel()} on another thread: what cancel() says is what the future says. */
public final class CompletionStress {
    private CompletionStress() {}

    @JCStressTest
    @State
    @Outcome(id = "value", expect = ACCEPTABLE, desc = "The loop came first")
    @Outcome(id = "cancelled", expect = ACCEPTABLE, desc = "The other thread came first")
    @Outcome(expect = FORBIDDEN, desc = "Both have won")
    public static class Good {
        private final Race race = new Race();
        private final Future<String> future = race.loop.createFuture();
        private final CompletableFuture<String> mirror = Bridges.toCompletableFuture(future);
        private boolean cancelled;

        @Actor
        public void foreign() {
            race.await();
            cancelled = mirror.cancel(true);
        }

        @Actor
        public void loop() {
            race.completeOnLoop(future);
        }

        @Arbiter
        public void judge(L_Result result) {
            race.settle();
            result.r1 = outcome(mirror, cancelled);
        }
    }

    /** Breaks this: the loop looks whether the future is done, and then completes it whether it is or not. */
    @JCStressTest
    @State
    @Outcome(id = "value", expect = ACCEPTABLE, desc = "The loop came first")
    @Outcome(id = "cancelled", expect = ACCEPTABLE, desc = "The other thread came first")
    @Outcome(expect = FORBIDDEN, desc = "Both have won")
    public static class Broken {
        private final Race race = new Race();
        private final Future<String> future = race.loop.createFuture();
        private final CompletableFuture<String> mirror = new CompletableFuture<>();
        private boolean cancelled;

        @Actor
        public void foreign() {
            race.await();
            cancelled = mirror.cancel(true);
        }

        @Actor
        public void loop() {
            future.addCallback((LibraryCallback) () -> {
                if (!mirror.isDone()) {
                    Pause.widenTheGap();
                    mirror.obtrudeValue(future.resultUnchecked());
                }
            });
            race.completeOnLoop(future);
        }

        @Arbiter
        public void judge(L_Result result) {
            race.settle();
            result.r1 = outcome(mirror, cancelled);
        }
    }

    private static String outcome(CompletableFuture<?> mirror, boolean cancelled) {
        if (!mirror.isDone()) {
            return "pending";
        }
        String state = mirror.isCancelled() ? "cancelled" : "value";
        return mirror.isCancelled() == cancelled ? state : state + ", but cancel() was " + cancelled;
    }
}
