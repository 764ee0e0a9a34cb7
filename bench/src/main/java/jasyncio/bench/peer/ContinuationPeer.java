package jasyncio.bench.peer;

import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;

/**
 * The JDK's raw one-shot continuation under {@code switch}: one operation is one {@code run} and one {@code yield}, with no thread identity, no queue and no loop.
 * It needs {@code --add-exports java.base/jdk.internal.vm=ALL-UNNAMED}.
 */
public final class ContinuationPeer {

    private ContinuationPeer() {}

    public static void main(String... arguments) {
        Meter meter = new Meter(Plan.parse(arguments));
        ContinuationScope scope = new ContinuationScope("switch");
        long[] yields = new long[1];
        Continuation continuation = new Continuation(scope, () -> {
            while (true) {
                yields[0]++;
                Continuation.yield(scope);
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
        System.out.println(meter.sample().toJson());
    }
}
