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

/** A {@code CompletionStage} that another thread completes, against a cancellation by the loop: one of them wins, the other does nothing. */
public final class StageStress {
    private StageStress() {}

    @JCStressTest
    @State
    @Outcome(id = "value, stage completed", expect = ACCEPTABLE, desc = "The completion came first")
    @Outcome(
            id = "cancelled, stage cancelled",
            expect = ACCEPTABLE,
            desc = "The cancellation came first, and reached the stage")
    @Outcome(
            id = "cancelled, stage completed",
            expect = ACCEPTABLE,
            desc = "The cancellation came while the value was on its way")
    @Outcome(expect = FORBIDDEN, desc = "Both have won, or the loser left a trace")
    public static class Good {
        private final CompletableFuture<String> stage = new CompletableFuture<>();
        private final Race race = new Race();
        private final Future<String> future = Bridges.wrap(race.loop, stage);
        private boolean completed;

        @Actor
        public void foreign() {
            race.await();
            completed = stage.complete("value");
        }

        @Actor
        public void loop() {
            race.cancelOnLoop(future);
        }

        @Arbiter
        public void judge(L_Result result) {
            result.r1 = race.outcome(future) + stageOf(stage, completed);
        }
    }

    /** Breaks this: the thread that completes the stage completes the future too, instead of having the loop do it. */
    @JCStressTest
    @State
    @Outcome(id = "value, stage completed", expect = ACCEPTABLE, desc = "The completion came first")
    @Outcome(
            id = "cancelled, stage completed",
            expect = ACCEPTABLE,
            desc = "The cancellation came while the value was on its way")
    @Outcome(expect = FORBIDDEN, desc = "Both have won, or the loser left a trace")
    public static class Broken {
        private final CompletableFuture<String> stage = new CompletableFuture<>();
        private final Race race = new Race();
        private final Future<String> future = race.loop.createFuture();
        private boolean completed;

        @Actor
        public void foreign() {
            var _ = stage.thenAccept(value -> {
                if (!future.done()) {
                    Pause.widenTheGap();
                    future.succeed(value);
                }
            });
            race.await();
            completed = stage.complete("value");
        }

        @Actor
        public void loop() {
            race.cancelOnLoop(future);
        }

        @Arbiter
        public void judge(L_Result result) {
            result.r1 = race.outcome(future) + stageOf(stage, completed);
        }
    }

    private static String stageOf(CompletableFuture<?> stage, boolean completed) {
        if (completed == stage.isCancelled()) {
            return ", stage is neither or both";
        }
        return completed ? ", stage completed" : ", stage cancelled";
    }
}
