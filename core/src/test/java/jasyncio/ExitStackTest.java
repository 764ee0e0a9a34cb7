package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jasyncio.testing.VirtualLoop;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitStackTest {
    private final ExitStack stack = new ExitStack();

    /** Logs what it is told; awaits on the way in and out. */
    private record Manager(VirtualLoop v, String name, boolean swallows) implements AsyncContextManager<String> {
        @Override
        public String enter() {
            sleep(ofSeconds(1));
            v.log("enter " + name);
            return name;
        }

        @Override
        public boolean exit(Throwable thrown) {
            sleep(ofSeconds(1));
            v.log("exit " + name + (thrown == null ? "" : " with " + thrown.getMessage()));
            return swallows;
        }
    }

    @Test
    void everything_isClosedInReverseOrder() {
        virtually(v -> {
            String value = stack.run(() -> {
                assertEquals("a", stack.enter(new Manager(v, "a", false)));
                AutoCloseable resource = () -> v.log("close b");
                assertSame(resource, stack.closing(resource));
                stack.callback(() -> v.log("callback c"));
                v.log("body");
                return "value";
            });
            assertEquals("value", value);
            assertEquals(List.of("enter a", "body", "callback c", "close b", "exit a"), v.log());
        });
    }

    @Test
    void exception_isSeenByTheManagersUntilOneSwallowsIt() {
        virtually(v -> {
            String value = stack.run(() -> {
                stack.enter(new Manager(v, "outer", false));
                stack.enter(new Manager(v, "swallower", true));
                stack.enter(new Manager(v, "inner", false));
                return fail(new IOException("broken"));
            });
            assertNull(value);
            assertEquals(
                    List.of("exit inner with broken", "exit swallower with broken", "exit outer"),
                    v.log().subList(3, 6));
        });
    }

    @Test
    void exceptionWhileClosing_replacesTheEarlierOneAndTheRestIsClosed() {
        virtually(v -> {
            var body = new IOException("body");
            var closing = new IOException("closing");
            var e = assertThrows(
                    IOException.class,
                    () -> stack.run(() -> {
                        stack.enter(new Manager(v, "outer", false));
                        stack.closing(() -> fail(closing));
                        return fail(body);
                    }));
            assertSame(closing, e);
            assertEquals(List.of(body), List.of(e.getSuppressed()));
            assertEquals(List.of("enter outer", "exit outer with closing"), v.log());
        });
    }

    @Test
    void exceptionOnTheWayIn_closesWhatWasEntered() {
        virtually(v -> {
            assertThrows(
                    IOException.class,
                    () -> stack.run(() -> {
                        stack.callback(() -> v.log("closed"));
                        fail(new IOException("second"));
                    }));
            assertEquals(List.of("closed"), v.log());
        });
    }

    @Test
    void cancellation_runsTheExitsWhichMayAwait() {
        virtually(v -> {
            var task = createTask(() -> stack.run(() -> {
                stack.enter(new Manager(v, "a", false));
                sleep(ofSeconds(50));
            }));
            sleep(ofSeconds(2));
            task.cancel("why");
            assertEquals(
                    "why", assertThrows(CancelledError.class, () -> await(task)).getMessage());
            assertEquals(List.of("enter a", "exit a with why"), v.log());
            assertEquals(ofSeconds(3), v.elapsed());
        });
    }

    @Test
    void stack_afterItsRun_isEmptyAndCanBeUsedAgain() {
        virtually(v -> {
            stack.run(() -> stack.callback(() -> v.log("first")));
            stack.run(() -> stack.callback(() -> v.log("second")));
            assertEquals(List.of("first", "second"), v.log());
        });
    }

    private static <X extends Exception> String fail(X failure) throws X {
        throw failure;
    }

    @Test
    void exceptionThatWrapsWhatWasThrown_keepsItAsItsCauseAlone() {
        virtually(v -> {
            var body = new IOException("body");
            var wrapping = new IllegalStateException("closing", new RuntimeException("between", body));
            var thrown = new ArrayList<Throwable>();
            thrown.add(assertThrows(
                    IllegalStateException.class,
                    () -> stack.run(() -> {
                        stack.closing(() -> fail(wrapping));
                        return fail(body);
                    })));
            var manager = new AsyncContextManager<String>() {
                @Override
                public String enter() {
                    return "resource";
                }

                @Override
                public boolean exit(Throwable e) {
                    throw new IllegalStateException("closing", e);
                }
            };
            thrown.add(assertThrows(IllegalStateException.class, () -> Asyncio.with(manager, _ -> fail(body))));
            for (Throwable e : thrown) {
                assertEquals(0, e.getSuppressed().length);
                var trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                assertFalse(trace.toString().contains("CIRCULAR"), trace.toString());
                assertEquals(2, trace.toString().split("IOException: body").length, trace.toString());
            }
        });
    }
}
