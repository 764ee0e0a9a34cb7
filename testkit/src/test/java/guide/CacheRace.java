package guide;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jasyncio.testkit.Interleavings;
import java.util.HashMap;
import java.util.Map;

class CacheRace {
    private final Map<String, String> cache = new HashMap<>();
    private int loads;

    String get(String key) {
        if (!cache.containsKey(key)) { // check
            cache.put(key, load(key)); // act, an await later
        }
        return cache.get(key);
    }

    private String load(String key) {
        loads++;
        sleep(ZERO);
        return key + "!";
    }

    @Interleavings(1000)
    void pageThatTwoNeed_isLoadedOnce() {
        var first = createTask("first", () -> get("page"));
        var second = createTask("second", () -> {
            sleep(ZERO); // comes when the first is through
            return get("page");
        });
        await(first);
        await(second);
        assertEquals(1, loads);
    }
}
