package jasyncio;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import jasyncio.executor.SharedQueue;
import jasyncio.queue.QueueEmptyException;
import jasyncio.stress.Pause;
import jasyncio.stress.Rendezvous;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** One who takes from a {@link SharedQueue} against one who puts: the item is taken, and nobody waits on beside it. */
public final class SharedQueueStress {
    /** Longer than anybody waits for a thread that was woken, on a busy machine too. */
    private static final Duration LONG = Duration.ofSeconds(20);

    /** For the twin, which loses wakeups. */
    private static final int SHORT_MILLIS = 200;

    private SharedQueueStress() {}

    @JCStressTest
    @State
    @Outcome(id = "item", expect = ACCEPTABLE, desc = "Taken")
    @Outcome(expect = FORBIDDEN, desc = "Waited beside an item that was there")
    public static class Good {
        private final SharedQueue<String> queue = new SharedQueue<>(1);
        private final Rendezvous rendezvous = new Rendezvous();

        @Actor
        public void taker(L_Result result) {
            rendezvous.meetAsFirst();
            try {
                result.r1 = queue.sync().get(LONG);
            } catch (QueueEmptyException | InterruptedException e) {
                result.r1 = e.getClass().getSimpleName();
            }
        }

        @Actor
        public void putter() {
            rendezvous.meetAsSecond();
            queue.putNowait("item");
        }
    }

    /** Breaks this: looks for an item and then stands in line, which is two steps. */
    @JCStressTest
    @State
    @Outcome(id = "item", expect = ACCEPTABLE, desc = "Taken")
    @Outcome(expect = FORBIDDEN, desc = "Waited beside an item that was there")
    public static class Broken {
        private final ConcurrentLinkedQueue<String> items = new ConcurrentLinkedQueue<>();
        private final AtomicReference<@Nullable CompletableFuture<String>> waiting = new AtomicReference<>();
        private final Rendezvous rendezvous = new Rendezvous();

        @Actor
        public void taker(L_Result result) {
            rendezvous.meetAsFirst();
            String item = items.poll();
            if (item == null) {
                Pause.widenTheGap();
                var place = new CompletableFuture<String>();
                waiting.set(place);
                try {
                    item = place.get(SHORT_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException | InterruptedException | ExecutionException e) {
                    item = e.getClass().getSimpleName();
                }
            }
            result.r1 = item;
        }

        @Actor
        public void putter() {
            rendezvous.meetAsSecond();
            items.add("item");
            CompletableFuture<String> place = waiting.getAndSet(null);
            if (place != null) {
                place.complete("item");
            }
        }
    }
}
