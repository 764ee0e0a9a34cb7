package jasyncio;

import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.with;
import static jasyncio.Asyncio.withResult;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WithTest {
    private final List<Object> seen = new ArrayList<>();

    private AsyncContextManager<String> manager(boolean swallows) {
        return new AsyncContextManager<>() {
            @Override
            public String enter() {
                sleep(ZERO);
                seen.add("enter");
                return "resource";
            }

            @Override
            public boolean exit(Throwable thrown) {
                sleep(ZERO);
                seen.add(thrown == null ? "exit" : thrown);
                return swallows;
            }
        };
    }

    @Test
    void with_runsTheBodyInBetween() {
        virtually(v -> {
            with(manager(false), resource -> {
                seen.add(resource);
            });
            assertEquals(List.of("enter", "resource", "exit"), seen);
        });
    }

    @Test
    void withResult_givesTheBodysValue() {
        virtually(v -> assertEquals(8, withResult(manager(false), String::length)));
    }

    @Test
    void exception_isSeenAndPassesThroughAsItIs() {
        virtually(v -> {
            var failure = new IOException("broken");
            assertSame(
                    failure,
                    assertThrows(
                            IOException.class,
                            () -> with(manager(false), _ -> {
                                throw failure;
                            })));
            assertEquals(List.of("enter", failure), seen);
        });
    }

    @Test
    void exception_thatIsSwallowed_leavesNull() {
        virtually(v -> assertNull(withResult(manager(true), _ -> fail())));
    }

    private static String fail() throws IOException {
        throw new IOException("broken");
    }

    @Test
    void exceptionOnTheWayIn_runsNeitherBodyNorExit() {
        virtually(v -> {
            var failure = new IOException("in");
            AsyncContextManager<String> broken = new AsyncContextManager<>() {
                @Override
                public String enter() throws IOException {
                    throw failure;
                }

                @Override
                public boolean exit(Throwable thrown) {
                    seen.add("exit");
                    return true;
                }
            };
            assertSame(failure, assertThrows(IOException.class, () -> with(broken, _ -> seen.add("body"))));
            assertEquals(List.of(), seen);
        });
    }
}
