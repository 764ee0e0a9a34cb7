package jasyncio;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import jasyncio.spi.Poller;
import jasyncio.stress.Pause;
import jasyncio.stress.Rendezvous;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A wakeup against a loop that parks: the loop must not park after it has been woken. */
public final class ParkedLoopStress {
    private ParkedLoopStress() {}

    @JCStressTest
    @State
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The loop did not park, or was woken")
    @Outcome(expect = FORBIDDEN, desc = "The loop stayed parked")
    public static class Good {
        private final Meeting meeting = new Meeting(new ParkingPoller(), Duration.ofSeconds(20));

        @Actor
        public void loop() {
            meeting.loop();
        }

        @Actor
        public void waker(L_Result result) {
            result.r1 = meeting.wake();
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "woken", expect = ACCEPTABLE, desc = "The loop did not park, or was woken")
    @Outcome(expect = FORBIDDEN, desc = "The loop stayed parked")
    public static class Broken {
        private final Meeting meeting = new Meeting(new LooksTooEarly(), Duration.ofMillis(20));

        @Actor
        public void loop() {
            meeting.loop();
        }

        @Actor
        public void waker(L_Result result) {
            result.r1 = meeting.wake();
        }
    }

    /** Breaks this: it looks whether it was woken before it says that it waits, and not after. */
    private static final class LooksTooEarly implements Poller {
        private volatile @Nullable Thread waiting;
        private volatile boolean woken;

        @Override
        public void poll(long waitNanos) {
            boolean wait = !woken;
            Pause.widenTheGap();
            waiting = Thread.currentThread();
            if (wait) {
                LockSupport.park(this);
            }
            waiting = null;
            woken = false;
        }

        @Override
        public void wakeup() {
            woken = true;
            LockSupport.unpark(waiting);
        }

        @Override
        public void close() {}
    }

    /** One loop that sleeps until there is news, and one thread that brings it. */
    private static final class Meeting {
        private final Rendezvous rendezvous = new Rendezvous();
        private final Poller poller;
        private final long patience;
        private volatile @Nullable Thread loop;
        private volatile boolean news;
        private volatile boolean seen;

        Meeting(Poller poller, Duration patience) {
            this.poller = poller;
            this.patience = patience.toNanos();
        }

        void loop() {
            loop = Thread.currentThread();
            rendezvous.meetAsFirst();
            while (!news) {
                poller.poll(-1);
            }
            seen = true;
        }

        /** Returns how the loop was found; one that stayed parked is freed, so that the test can go on. */
        String wake() {
            rendezvous.meetAsSecond();
            news = true;
            poller.wakeup();
            long start = System.nanoTime();
            boolean inTime = true;
            while (!seen) {
                if (System.nanoTime() - start > patience) {
                    inTime = false;
                    LockSupport.unpark(loop);
                }
                Thread.onSpinWait();
            }
            return inTime ? "woken" : "parked";
        }
    }
}
