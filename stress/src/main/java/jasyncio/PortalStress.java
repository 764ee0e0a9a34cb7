package jasyncio;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import jasyncio.executor.BlockingPortal;
import jasyncio.stress.Pause;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A thread that enters a loop through a portal, against the portal's end: it is awaited, or turned away. */
public final class PortalStress {
    private static final int ITERATIONS = 20;

    private PortalStress() {}

    @JCStressTest
    @State
    @Outcome(id = "ran", expect = ACCEPTABLE, desc = "The thread came first, and the portal waited for its task")
    @Outcome(id = "refused", expect = ACCEPTABLE, desc = "The end came first")
    @Outcome(expect = FORBIDDEN, desc = "The task ran when the portal was closed, or nobody answered for it")
    public static class Good {
        private final Race race = new Race();
        private boolean closed;
        private @Nullable BlockingPortal portal;
        private @Nullable CompletableFuture<String> asked;

        @Actor
        public void thread() {
            race.await();
            BlockingPortal open = Objects.requireNonNull(portal);
            asked = open.startTaskSoon(() -> closed ? "ran when it was closed" : "ran");
        }

        @Actor
        public void loop() {
            race.loop.runUntilComplete(() -> {
                var opened = new BlockingPortal();
                portal = opened;
                race.begin();
                letOthersRun();
                opened.close();
                closed = true;
            });
        }

        @Arbiter
        public void judge(L_Result result) {
            race.settle();
            result.r1 = outcome(asked);
        }
    }

    /** Breaks this: looks on the asking thread whether the portal is open, and not on the loop. */
    @JCStressTest
    @State
    @Outcome(id = "ran", expect = ACCEPTABLE, desc = "The thread came first, and the portal waited for its task")
    @Outcome(id = "refused", expect = ACCEPTABLE, desc = "The end came first")
    @Outcome(expect = FORBIDDEN, desc = "The task ran when the portal was closed, or nobody answered for it")
    public static class Broken {
        private final Race race = new Race();
        private volatile boolean closing;
        private boolean closed;
        private @Nullable CompletableFuture<String> asked;

        @Actor
        public void thread() {
            race.await();
            if (closing) {
                asked = CompletableFuture.failedFuture(new IllegalStateException("closed"));
                return;
            }
            Pause.widenTheGap();
            asked = Asyncio.runCoroutineThreadsafe(race.loop, () -> closed ? "ran when it was closed" : "ran");
        }

        @Actor
        public void loop() {
            race.loop.runUntilComplete(() -> {
                race.begin();
                letOthersRun();
                closing = true;
                closed = true;
            });
        }

        @Arbiter
        public void judge(L_Result result) {
            race.settle();
            result.r1 = outcome(asked);
        }
    }

    /** As long as it takes the other thread to ask. */
    private static void letOthersRun() {
        for (int i = 0; i < ITERATIONS; i++) {
            Asyncio.sleep(Duration.ZERO);
        }
    }

    private static String outcome(@Nullable CompletableFuture<String> asked) {
        if (asked == null || !asked.isDone()) {
            return "nobody answered";
        }
        try {
            return asked.get();
        } catch (ExecutionException e) {
            return e.getCause() instanceof IllegalStateException ? "refused" : String.valueOf(e.getCause());
        } catch (InterruptedException e) {
            return String.valueOf(e);
        }
    }
}
