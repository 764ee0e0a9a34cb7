package jasyncio.bench.peer;

import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;

/**
 * The JDK's raw one-shot continuation: one operation is one {@code run} and one {@code yield}, with no thread identity, no queue, no loop, and nothing that keeps the
 * caller's monitors. Under {@code switch} its body counts; under {@code generator} the body leaves one number after another in a field, and the caller adds them up.
 * It needs {@code --add-exports java.base/jdk.internal.vm=ALL-UNNAMED}.
 */
public final class ContinuationPeer {

    private static final ContinuationScope SCOPE = new ContinuationScope("bench");

    private ContinuationPeer() {}

    public static void main(String... arguments) {
        Plan plan = Plan.parse(arguments);
        Meter meter = new Meter(plan);
        switch (plan.work()) {
            case "switch" -> switches(meter);
            case "generator", "generator-driven" -> generator(meter);
            default -> throw new IllegalArgumentException("Unknown work " + plan.work());
        }
        System.out.println(meter.sample().toJson());
    }

    private static void switches(Meter meter) {
        long[] yields = new long[1];
        Continuation continuation = new Continuation(SCOPE, () -> {
            while (true) {
                yields[0]++;
                Continuation.yield(SCOPE);
            }
        });
        while (meter.more()) {
            int n = meter.batch();
            long before = yields[0];
            for (int i = 0; i < n; i++) {
                continuation.run();
            }
            Expect.equal(n, yields[0] - before);
        }
    }

    private static void generator(Meter meter) {
        while (meter.more()) {
            int n = meter.batch();
            Expect.sumBelow(n, sum(new Count(n)));
        }
    }

    private static long sum(Count count) {
        Continuation continuation = new Continuation(SCOPE, count);
        long sum = 0;
        continuation.run();
        while (!continuation.isDone()) {
            sum += count.yielded;
            continuation.run();
        }
        return sum;
    }

    private static final class Count implements Runnable {
        private final int n;
        private int yielded;

        Count(int n) {
            this.n = n;
        }

        @Override
        public void run() {
            for (int i = 0; i < n; i++) {
                yielded = i;
                Continuation.yield(SCOPE);
            }
        }
    }
}
