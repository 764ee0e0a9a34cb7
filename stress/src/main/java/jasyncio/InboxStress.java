package jasyncio;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import jasyncio.spi.Poller;
import jasyncio.stress.Pause;
import jasyncio.stress.Rendezvous;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** An entry from another thread against a loop that goes to sleep: an entry must not lie in the inbox of a loop that nobody wakes. */
public final class InboxStress {
    private InboxStress() {}

    @JCStressTest
    @State
    @Outcome(id = "taken", expect = ACCEPTABLE, desc = "The loop saw the entry, or was woken")
    @Outcome(expect = FORBIDDEN, desc = "The loop slept on, with the entry in its inbox")
    public static class Good {
        private final WatchedSleep sleep = new WatchedSleep();
        private final Inbox inbox = new Inbox(sleep);

        @Actor
        public void loop(L_Result result) {
            result.r1 = sleep.untilEntry(() -> inbox.sleep(-1), inbox::poll);
        }

        @Actor
        public void foreign() {
            sleep.rendezvous.meetAsFirst();
            inbox.add("entry");
            sleep.handedOver = true;
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "taken", expect = ACCEPTABLE, desc = "The loop saw the entry, or was woken")
    @Outcome(expect = FORBIDDEN, desc = "The loop slept on, with the entry in its inbox")
    public static class Broken {
        private final WatchedSleep sleep = new WatchedSleep();
        private final LooksTooEarly inbox = new LooksTooEarly(sleep);

        @Actor
        public void loop(L_Result result) {
            result.r1 = sleep.untilEntry(() -> inbox.sleep(-1), inbox::poll);
        }

        @Actor
        public void foreign() {
            sleep.rendezvous.meetAsFirst();
            inbox.add("entry");
            sleep.handedOver = true;
        }
    }

    /** Breaks this: it looks for entries before it says that it sleeps, and not after. */
    private static final class LooksTooEarly {
        private final Queue<Object> entries = new ConcurrentLinkedQueue<>();
        private final Poller poller;
        private volatile boolean awaited;

        LooksTooEarly(Poller poller) {
            this.poller = poller;
        }

        void add(Object entry) {
            entries.add(entry);
            if (awaited) {
                poller.wakeup();
            }
        }

        void sleep(long nanos) {
            boolean empty = entries.isEmpty();
            Pause.widenTheGap();
            awaited = true;
            poller.poll(empty ? nanos : 0);
            awaited = false;
        }

        @Nullable
        Object poll() {
            return entries.poll();
        }
    }

    /** Sleeps until it is woken, or until the other thread has finished without waking it, which in earnest would mean for ever. */
    private static final class WatchedSleep implements Poller {
        final Rendezvous rendezvous = new Rendezvous();
        private volatile boolean woken;
        private boolean forgotten;
        volatile boolean handedOver;

        @Override
        public void poll(long waitNanos) {
            if (waitNanos == 0) {
                return;
            }
            while (!woken) {
                if (handedOver && !woken) { // the wakeup would have come first
                    forgotten = true;
                    return;
                }
                Thread.onSpinWait();
            }
            woken = false;
        }

        @Override
        public void wakeup() {
            woken = true;
        }

        @Override
        public void close() {}

        String untilEntry(Runnable sleep, Supplier<@Nullable Object> inbox) {
            rendezvous.meetAsSecond();
            do {
                sleep.run();
                if (forgotten) {
                    return "forgotten";
                }
            } while (inbox.get() == null);
            return "taken";
        }
    }
}
