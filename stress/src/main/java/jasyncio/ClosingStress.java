package jasyncio;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import jasyncio.stress.Pause;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** {@code callSoonThreadsafe} against {@code close()}: the callback runs, or its handle says that it will not, or the caller is refused. */
public final class ClosingStress {
    private ClosingStress() {}

    @JCStressTest
    @State
    @Outcome(id = "ran", expect = ACCEPTABLE, desc = "It came while the loop ran")
    @Outcome(id = "cancelled", expect = ACCEPTABLE, desc = "It came after the last iteration; close() has dropped it")
    @Outcome(id = "refused", expect = ACCEPTABLE, desc = "The loop was closed")
    @Outcome(expect = FORBIDDEN, desc = "Lost without a word, or run although refused")
    public static class Good {
        private final Meeting meeting = new Meeting();

        @Actor
        public void owner() {
            meeting.runAndClose();
        }

        @Actor
        public void foreign() {
            meeting.race.await();
            try {
                meeting.handle = meeting.loop.callSoonThreadsafe(meeting::callback);
            } catch (IllegalStateException e) {
                meeting.refused = true;
            }
        }

        @Arbiter
        public void judge(L_Result result) {
            result.r1 = meeting.outcome();
        }
    }

    /** Breaks this: whether the loop is open is looked at before the callback is handed over, and not after. */
    @JCStressTest
    @State
    @Outcome(id = "ran", expect = ACCEPTABLE, desc = "It came while the loop ran")
    @Outcome(id = "cancelled", expect = ACCEPTABLE, desc = "It came after the last iteration; close() has dropped it")
    @Outcome(id = "refused", expect = ACCEPTABLE, desc = "The loop was closed")
    @Outcome(expect = FORBIDDEN, desc = "Lost without a word, or run although refused")
    public static class Broken {
        private final Meeting meeting = new Meeting();

        @Actor
        public void owner() {
            meeting.runAndClose();
        }

        @Actor
        public void foreign() {
            meeting.race.await();
            try {
                meeting.loop.checkOpen();
                Pause.widenTheGap();
                var handle = new Handle(meeting::callback, Context.empty());
                meeting.loop.enqueue(handle);
                meeting.handle = handle;
            } catch (IllegalStateException e) {
                meeting.refused = true;
            }
        }

        @Arbiter
        public void judge(L_Result result) {
            result.r1 = meeting.outcome();
        }
    }

    /** A loop that runs a few iterations and is closed, and what became of the callback. */
    private static final class Meeting {
        private final Race race = new Race();
        final EventLoop loop = race.loop;
        private boolean ran;

        @Nullable
        Handle handle;

        boolean refused;

        void runAndClose() {
            loop.callSoon(() -> {
                race.begin();
                race.afterIterations(2, loop::stop);
            });
            loop.runForever();
            loop.close();
        }

        void callback() {
            ran = true;
        }

        String outcome() {
            if (refused) {
                return ran ? "ran although refused" : "refused";
            }
            if (ran) {
                return "ran";
            }
            return handle != null && handle.cancelled() ? "cancelled" : "lost";
        }
    }
}
