package jasyncio;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import jasyncio.stress.Pause;
import java.util.ArrayDeque;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A job on an executor's thread against a cancellation by the loop: its value arrives, or is dropped, or the job never begins. */
public final class ExecutorStress {
    private ExecutorStress() {}

    @JCStressTest
    @State
    @Outcome(id = "value, ran", expect = ACCEPTABLE, desc = "The job came first")
    @Outcome(
            id = "cancelled, ran",
            expect = ACCEPTABLE,
            desc = "The cancellation came after the job had begun; its value is dropped")
    @Outcome(id = "cancelled, never began", expect = ACCEPTABLE, desc = "The cancellation came first")
    @Outcome(expect = FORBIDDEN, desc = "Both have won, or the loser left a trace")
    public static class Good {
        private final ArrayDeque<Runnable> jobs = new ArrayDeque<>();
        private final Race race = new Race();
        private int runs;
        private final Future<Integer> future = ExecutorJob.submit(race.loop, jobs::add, () -> ++runs);

        @Actor
        public void executor() {
            race.await();
            jobs.element().run();
        }

        @Actor
        public void loop() {
            race.cancelOnLoop(future);
        }

        @Arbiter
        public void judge(L_Result result) {
            result.r1 = race.outcome(future) + times(runs);
        }
    }

    /** Breaks this: the executor's thread looks whether the future is still wanted, and the loop does not look again. */
    @JCStressTest
    @State
    @Outcome(id = "value, ran", expect = ACCEPTABLE, desc = "The job came first")
    @Outcome(
            id = "cancelled, ran",
            expect = ACCEPTABLE,
            desc = "The cancellation came after the job had begun; its value is dropped")
    @Outcome(id = "cancelled, never began", expect = ACCEPTABLE, desc = "The cancellation came first")
    @Outcome(expect = FORBIDDEN, desc = "Both have won, or the loser left a trace")
    public static class Broken {
        private final Race race = new Race();
        private int runs;
        private final Future<Integer> future = race.loop.createFuture();

        @Actor
        public void executor() {
            race.await();
            int value = ++runs;
            if (!future.done()) {
                Pause.widenTheGap();
                race.loop.enqueue((LibraryCallback) () -> future.succeed(value));
            }
        }

        @Actor
        public void loop() {
            race.cancelOnLoop(future);
        }

        @Arbiter
        public void judge(L_Result result) {
            result.r1 = race.outcome(future) + times(runs);
        }
    }

    private static String times(int runs) {
        return switch (runs) {
            case 0 -> ", never began";
            case 1 -> ", ran";
            default -> ", ran " + runs + " times";
        };
    }
}
