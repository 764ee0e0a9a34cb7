package jasyncio;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import jasyncio.stress.Pause;
import jasyncio.stress.Rendezvous;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A thread that walks over the tasks of a loop against a task that ends: it meets every task that lives all the while. */
public final class RegistryStress {
    /** Four tasks that are never run. */
    private static final List<Task<?>> TASKS = tasks();

    private RegistryStress() {}

    private static List<Task<?>> tasks() {
        var tasks = new ArrayList<Task<?>>();
        var loop = Asyncio.newEventLoop();
        for (int i = 0; i < 4; i++) {
            tasks.add(loop.createTask(() -> {}));
        }
        return tasks;
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"[0, 1, 2, 3]", "[0, 2, 3]", "[0, 1, 3]", "[0, 3]"},
            expect = ACCEPTABLE,
            desc = "The first and the last are met")
    @Outcome(expect = FORBIDDEN, desc = "A task that lives is missed")
    public static class Good {
        private final Rendezvous rendezvous = new Rendezvous();
        private final TaskRegistry registry = new TaskRegistry();
        private final List<TaskRegistry.Entry> entries = new ArrayList<>();

        public Good() {
            for (Task<?> task : TASKS) {
                var entry = registry.entryFor(task, task.name());
                registry.link(entry);
                entries.add(entry);
            }
        }

        @Actor
        public void loop() {
            rendezvous.meetAsFirst();
            registry.unlink(entries.get(1));
            registry.unlink(entries.get(2));
        }

        @Actor
        public void reader(L_Result result) {
            rendezvous.meetAsSecond();
            result.r1 = registry.live().stream().map(TASKS::indexOf).toList();
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"[0, 1, 2, 3]", "[0, 2, 3]", "[0, 1, 3]", "[0, 3]"},
            expect = ACCEPTABLE,
            desc = "The first and the last are met")
    @Outcome(expect = FORBIDDEN, desc = "A task that lives is missed")
    public static class Broken {
        private final Rendezvous rendezvous = new Rendezvous();
        private final Chain last = new Chain(3, null);
        private final Chain third = new Chain(2, last);
        private final Chain second = new Chain(1, third);
        private final Chain first = new Chain(0, second);

        @Actor
        public void loop() {
            rendezvous.meetAsFirst();
            Pause.widenTheGap();
            first.next = third;
            second.next = null;
            Pause.widenTheGap();
            first.next = last;
            third.next = null;
        }

        @Actor
        public void reader(L_Result result) {
            rendezvous.meetAsSecond();
            result.r1 = Chain.numbersFrom(first);
        }
    }

    /** Breaks this: an entry that is unlinked forgets what came after it. */
    private static final class Chain {
        private final int number;
        volatile @Nullable Chain next;

        Chain(int number, @Nullable Chain next) {
            this.number = number;
            this.next = next;
        }

        static List<Integer> numbersFrom(Chain first) {
            List<Integer> numbers = new ArrayList<>();
            for (Chain c = first; c != null; c = c.next) {
                numbers.add(c.number);
                Pause.widenTheGap();
            }
            return numbers;
        }
    }
}
