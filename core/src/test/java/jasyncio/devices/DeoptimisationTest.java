package jasyncio.devices;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * If no virtual thread has ended yet when the JVM compiles {@code VirtualThread.run}, it compiles the end as something that never happens,
 * and each of the many that are alive then is deoptimised when it does end.
 */
@LoopOnly
class DeoptimisationTest {
    private static final int FEW = 1_000;

    @Test
    void endOfManyTasks_thatAllBeganBeforeTheFirstEnded_isNotDeoptimised() throws Exception {
        try (ChildJvm child =
                ChildJvm.start(SleepersProgram.class, "-XX:TieredStopAtLevel=4", "-Xlog:deoptimization=debug:stdout")) {
            String output = child.output(0);
            long deoptimised = output.lines()
                    .filter(line -> line.contains("java.lang.VirtualThread.run("))
                    .count();
            assertTrue(deoptimised < FEW, deoptimised + " of " + SleepersProgram.TASKS + " were deoptimised");
        }
    }

    static final class SleepersProgram {
        static final int TASKS = 60_000;

        private SleepersProgram() {}

        public static void main(String[] args) {
            Asyncio.run(() -> {
                List<Task<Void>> tasks = new ArrayList<>();
                for (int i = 0; i < TASKS; i++) {
                    tasks.add(Asyncio.createTask(() -> Asyncio.sleep(Duration.ofSeconds(1))));
                }
                Asyncio.await(Asyncio.gather(tasks));
            });
        }
    }
}
