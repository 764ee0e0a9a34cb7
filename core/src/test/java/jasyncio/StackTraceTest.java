package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.shield;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.taskGroup;
import static jasyncio.Asyncio.timeout;
import static jasyncio.Asyncio.toThread;
import static jasyncio.Asyncio.waitFor;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Traces show where a failure was raised and where it was awaited, without the machinery between. */
class StackTraceTest {

    private static String raise() throws IOException {
        sleep(ZERO);
        throw new IOException("broken");
    }

    private static String child() throws IOException {
        return raise();
    }

    private static String parent(Task<String> task) {
        return await(task);
    }

    /** The frames of this class by method, others by class, borders as they stand; up to the test's own lambda. */
    private static List<String> frames(Throwable e) {
        return Arrays.stream(e.getStackTrace())
                .takeWhile(frame -> !frame.getClassName().startsWith("org.junit"))
                .map(StackTraceTest::name)
                .toList();
    }

    private static String name(StackTraceElement frame) {
        if (frame.getClassName().equals("jasyncio")) {
            return frame.getMethodName() + " " + frame.getFileName();
        }
        String method = frame.getMethodName().replaceFirst("lambda\\$(\\w+)\\$\\d+", "in $1");
        return frame.getClassName().equals(StackTraceTest.class.getName())
                ? method
                : frame.getClassName() + "." + method;
    }

    @Test
    void failureOfATask_showsWhereItWasRaisedAndAwaited() {
        virtually(v -> {
            var task = createTask("child", () -> child());
            var e = assertThrows(IOException.class, () -> parent(task));
            assertEquals(
                    List.of(
                            "raise",
                            "child",
                            "in failureOfATask_showsWhereItWasRaisedAndAwaited",
                            "await by main",
                            "parent",
                            "in failureOfATask_showsWhereItWasRaisedAndAwaited"),
                    frames(e));
        });
    }

    @Test
    void failureThroughTwoTasks_showsBothAwaits() {
        virtually(v -> {
            var inner = createTask("inner", () -> child());
            var outer = createTask("outer", () -> parent(inner));
            var e = assertThrows(IOException.class, () -> parent(outer));
            var frames = frames(e);
            assertEquals(List.of("raise", "child"), frames.subList(0, 2));
            assertEquals(
                    List.of("await by outer", "await by main"),
                    frames.stream()
                            .filter(frame -> frame.startsWith("await by"))
                            .toList());
            assertTrue(frames.indexOf("parent") > frames.indexOf("await by outer"), frames.toString());
        });
    }

    @Test
    void failureOfMain_showsWhereTheLoopWasRun() {
        var e = assertThrows(IOException.class, () -> run(() -> child()));
        assertEquals(
                List.of(
                        "raise",
                        "child",
                        "in failureOfMain_showsWhereTheLoopWasRun",
                        "run from " + Thread.currentThread().getName(),
                        "in failureOfMain_showsWhereTheLoopWasRun"),
                frames(e));
    }

    @Test
    void noMachinery_isInAnyTrace() {
        virtually(v -> {
            List<Throwable> thrown = List.of(
                    assertThrows(IOException.class, () -> await(gather(() -> child()))),
                    assertThrows(IOException.class, () -> await(shield(() -> child()))),
                    assertThrows(
                            IOException.class, () -> timeout(ofSeconds(1), () -> await(createTask(() -> child())))),
                    assertThrows(IOException.class, () -> waitFor(createTask(() -> child()), ofSeconds(1))),
                    assertThrows(IOException.class, () -> toThread(() -> fail())),
                    assertThrows(IOException.class, () -> new ExitStack().run(() -> await(createTask(() -> child())))),
                    assertThrows(ExceptionGroup.class, () -> taskGroup(group -> group.createTask(() -> child()))),
                    assertThrows(TimeoutException.class, () -> timeout(ofSeconds(1), () -> sleep(ofSeconds(2)))),
                    assertThrows(CancelledError.class, () -> {
                        var task = createTask(() -> sleep(ofSeconds(5)));
                        sleep(ZERO);
                        task.cancel();
                        await(task);
                    }));
            for (var e : thrown) {
                String machinery = frames(e).stream()
                        .filter(frame -> frame.startsWith("jasyncio.") && !frame.startsWith("jasyncio.testing."))
                        .collect(joining("\n"));
                assertEquals("", machinery, e.toString());
            }
        });
    }

    private static String fail() throws IOException {
        throw new IOException("broken");
    }

    @Test
    void cancelledError_pointsToTheAwaitThatItEnded() {
        virtually(v -> {
            var seen = new CancelledError[1];
            var task = createTask("sleeper", () -> {
                try {
                    pause();
                } catch (CancelledError e) {
                    seen[0] = e;
                    throw e;
                }
            });
            sleep(ZERO);
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
            assertEquals(
                    List.of("pause", "in cancelledError_pointsToTheAwaitThatItEnded"),
                    frames(seen[0]).subList(0, 2));
            assertEquals(1, frames(seen[0]).stream().filter("pause"::equals).count());
        });
    }

    private static void pause() {
        sleep(ofSeconds(5));
    }

    @Test
    void failureOfACallback_showsTheCallbackOnly() {
        virtually(v -> {
            v.loop().callSoon(() -> {
                throw new IllegalStateException("callback");
            });
            sleep(ZERO);
            var e = v.takeFailures().getFirst().exception();
            assertEquals(List.of("in failureOfACallback_showsTheCallbackOnly"), frames(e));
        });
    }

    private static IOException raised() {
        return new IOException("broken");
    }

    @Test
    void failureAwaitedOverAndOver_doesNotGrowForEver() {
        virtually(v -> {
            Future<String> future = v.future();
            future.setException(new IOException("broken"));
            for (int i = 0; i < 200; i++) {
                int depth = i;
                assertThrows(IOException.class, () -> awaitInOneOfManyPlaces(future, depth));
            }
            int length = assertThrows(IOException.class, future::result).getStackTrace().length;
            assertTrue(length < 3000, "frames: " + length);
        });
    }

    private static String awaitInOneOfManyPlaces(Future<String> future, int depth) {
        return depth == 0 ? await(future) : awaitInOneOfManyPlaces(future, depth - 1) + depth;
    }

    @Test
    void failureAwaitedTwiceInOnePlace_showsThatPlaceOnce() {
        virtually(v -> {
            Future<String> future = v.future();
            future.setException(raised());
            for (int i = 0; i < 2; i++) {
                assertThrows(IOException.class, () -> await(future));
            }
            var e = assertThrows(IOException.class, future::result);
            assertEquals(
                    1,
                    frames(e).stream().filter("await by main"::equals).count(),
                    frames(e).toString());
        });
    }

    @Test
    void stackOfTheRunningTask_beginsInItsBody() {
        virtually(v -> {
            StackTraceElement[] stack = Asyncio.currentTask().stack();
            assertEquals(StackTraceTest.class.getName(), stack[0].getClassName(), java.util.Arrays.toString(stack));
        });
    }
}
