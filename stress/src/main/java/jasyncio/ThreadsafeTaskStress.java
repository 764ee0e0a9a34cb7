package jasyncio;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import jasyncio.stress.Pause;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** {@code runCoroutineThreadsafe(…).cancel()} on another thread against the loop that creates the task: no task is left running. */
public final class ThreadsafeTaskStress {
    private ThreadsafeTaskStress() {}

    @JCStressTest
    @State
    @Outcome(id = "ended", expect = ACCEPTABLE, desc = "The task was never created, or has been cancelled")
    @Outcome(expect = FORBIDDEN, desc = "The task runs on, though its canceller was told otherwise")
    public static class Good {
        private final Race race = new Race();
        private final CompletableFuture<String> asked = ThreadsafeTask.start(race.loop, () -> never(race));
        private boolean cancelled;

        @Actor
        public void foreign() {
            race.await();
            cancelled = asked.cancel(true);
        }

        @Actor
        public void loop() {
            createOnLoop(race);
        }

        @Arbiter
        public void judge(L_Result result) {
            result.r1 = outcome(race, cancelled && asked.isCancelled());
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "ended", expect = ACCEPTABLE, desc = "The task was never created, or has been cancelled")
    @Outcome(expect = FORBIDDEN, desc = "The task runs on, though its canceller was told otherwise")
    public static class Broken {
        private final Race race = new Race();
        private final LooksForTheTaskItself asked = new LooksForTheTaskItself(race);
        private boolean cancelled;

        @Actor
        public void foreign() {
            race.await();
            cancelled = asked.cancel(true);
        }

        @Actor
        public void loop() {
            createOnLoop(race);
        }

        @Arbiter
        public void judge(L_Result result) {
            result.r1 = outcome(race, cancelled && asked.isCancelled());
        }
    }

    /** Breaks this: the thread that cancels looks whether there is a task, instead of having the loop look. */
    private static final class LooksForTheTaskItself extends CompletableFuture<String> {
        private final EventLoop loop;
        private volatile @Nullable Task<String> task;

        LooksForTheTaskItself(Race race) {
            loop = race.loop;
            loop.enqueue((LibraryCallback) () -> {
                if (!isDone()) {
                    Pause.widenTheGap();
                    task = loop.createTask(() -> never(race));
                }
            });
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            Task<String> created = task;
            if (created != null) {
                loop.enqueue((LibraryCallback) () -> created.cancelUnchecked(null));
            }
            return cancelled;
        }
    }

    private static String never(Race race) {
        Asyncio.await(race.loop.createFuture());
        return "cannot be";
    }

    /** Runs the loop: the other thread begins, and meanwhile the task is created, if it is. */
    private static void createOnLoop(Race race) {
        race.loop.callSoon(() -> {
            race.begin();
            race.loop.stop();
        });
        race.loop.runForever();
    }

    private static String outcome(Race race, boolean cancelled) {
        race.iterate();
        String task = race.loop.kernel.tasks.live().isEmpty() ? "ended" : "runs on";
        race.loop.kernel.tasks.live().forEach(Task::doNotReportLoss);
        race.loop.close();
        return cancelled ? task : task + ", but cancel() was false";
    }
}
