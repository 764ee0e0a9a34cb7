package jasyncio.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A child cannot be mounted on top of its parent, so an eager start goes through the loop's thread. */
class EagerNestingTest {

    @Test
    void eagerStart_nestedAThousandDeep_returnsThroughAllLevels() {
        assertEquals(1_000, Asyncio.run(() -> nested(1_000)));
    }

    private static int nested(int depth) {
        if (depth == 0) {
            return 0;
        }
        Task<Integer> child = Asyncio.task().eager(true).start(() -> nested(depth - 1));
        return Asyncio.await(child) + 1;
    }

    @Test
    void eagerStart_ofChildThatAwaits_goesOnWithTheParentBeforeAnythingElse() {
        List<String> log = new ArrayList<>();
        Asyncio.run(() -> {
            Asyncio.createTask(() -> log.add("ready before"));
            Task<Void> child = Asyncio.task().eager(true).start(() -> {
                log.add("child begins");
                Asyncio.sleep(Duration.ZERO);
                log.add("child ends");
            });
            log.add("parent");
            Asyncio.await(child);
        });
        assertEquals(List.of("child begins", "parent", "ready before", "child ends"), log);
    }

    @Test
    @Tag("blocking")
    void eagerStart_ofChildThatBlocks_goesOnWithTheParent() {
        List<String> log = new ArrayList<>();
        Asyncio.run(() -> {
            var latch = new CountDownLatch(1);
            Task<Void> child = Asyncio.task().eager(true).start(() -> {
                log.add("child blocks");
                latch.await();
                log.add("child goes on");
            });
            log.add("parent");
            latch.countDown();
            Asyncio.await(child);
        });
        assertEquals(List.of("child blocks", "parent", "child goes on"), log);
    }

    @Test
    void eagerStart_inCallback_runsTheChildBeforeTheCallbackGoesOn() {
        List<String> log = new ArrayList<>();
        Asyncio.run(() -> {
            EventLoop loop = Asyncio.runningLoop();
            loop.callSoon(() -> {
                loop.task().eager(true).start(() -> {
                    log.add("child");
                });
                log.add("callback");
            });
            loop.callSoon(() -> log.add("next callback"));
            Asyncio.sleep(Duration.ZERO);
        });
        assertEquals(List.of("child", "callback", "next callback"), log);
    }
}
