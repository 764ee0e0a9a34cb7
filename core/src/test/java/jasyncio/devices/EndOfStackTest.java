package jasyncio.devices;

import static jasyncio.Asyncio.allTasks;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program that catches a StackOverflowError and awaits while it comes back: what did not fit on the stack fails, and nothing else. */
@LoopOnly
@Timeout(120)
class EndOfStackTest {

    @Test
    void awaitsNearTheEndOfTheStack_leaveTheLoopWhole() throws Exception {
        try (ChildJvm child = ChildJvm.start(Program.class)) {
            String output = child.output(0);
            assertTrue(output.contains("came back true, failures 0, ticker lives true, tasks 2, later 20"), output);
        }
    }

    static final class Program {
        private static int left;

        private Program() {}

        public static void main(String[] args) throws TimeoutException {
            run(() -> {
                var told = new int[1];
                runningLoop().setExceptionHandler(_ -> told[0]++);
                for (int i = 0; i < 8; i++) {
                    await(i); // what it needs is loaded before the stack is short
                }
                var ticks = new int[1];
                var ticker = createTask("ticker", () -> {
                    while (true) {
                        ticks[0]++;
                        sleep(ofMillis(1));
                    }
                });
                boolean back = true;
                for (int round = 0; round < 5; round++) {
                    left = 400;
                    var deep = createTask("deep", () -> toTheEnd(0));
                    timeout(ofSeconds(60), () -> ended(deep));
                    back &= deep.done();
                }
                int before = ticks[0];
                sleep(ofMillis(50));
                int later = 0;
                for (int i = 0; i < 20; i++) {
                    later += jasyncio.Asyncio.await(createTask(() -> {
                        sleep(ofMillis(1));
                        return 1;
                    }));
                }
                System.out.println("came back " + back + ", failures " + told[0] + ", ticker lives "
                        + (ticks[0] > before) + ", tasks " + allTasks().size() + ", later " + later);
                ticker.cancel();
            });
        }

        private static void ended(jasyncio.Task<?> task) {
            jasyncio.Asyncio.wait(java.util.List.of(task));
        }

        @SuppressWarnings({"InfiniteRecursion", "EmptyCatch"})
        private static int toTheEnd(int depth) {
            int end;
            try {
                end = toTheEnd(depth + 1);
            } catch (StackOverflowError e) {
                end = depth;
            }
            if (left > 0) {
                left--;
                try {
                    await(left);
                } catch (StackOverflowError e) {
                    // expected of some
                }
            }
            return end;
        }

        private static void await(int way) {
            switch (way % 4) {
                case 0 -> sleep(ZERO);
                case 1 -> sleep(ofMillis(1));
                case 2 -> jasyncio.Asyncio.await(createTask(() -> 1));
                default -> {
                    Future<Integer> future = runningLoop().createFuture();
                    runningLoop().callSoon(() -> future.setResult(1));
                    jasyncio.Asyncio.await(future);
                }
            }
        }
    }
}
