package jasyncio.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.docs.Javac;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What asyncio's futures, locks, queues and runners refuse with a TypeError or ValueError, and the compiler refuses here. */
class RefusedPrimitivesTest {
    private static final String IMPORTS = "import jasyncio.sync.*;\nimport jasyncio.queue.*;\n";

    @TempDir
    Path output;

    private void assertRefused(String code, String message) throws IOException {
        String said = Javac.compileFragment(IMPORTS + code, output);
        assertTrue(said.contains(message), () -> code + "\nExpected: " + message + "\nbut javac said: " + said);
    }

    /** The surroundings compile: whatever is refused below is refused for its own sake. */
    @Test
    void rightArguments_areAccepted() throws IOException {
        String said = Javac.compileFragment(IMPORTS + """
                var lock = new Lock();
                try (var _ = lock.acquire()) { println(new Condition(lock)); }
                try (var _ = new Semaphore(1).acquire()) { println(new BoundedSemaphore(1)); }
                println(new Barrier(2) + " " + new Event() + " " + new Queue<String>(1));
                Future<String> future = runningLoop().createFuture();
                future.setException(new IOException());
                try (var runner = new Runner()) { runner.run(() -> println(await(future))); }
                """, output);
        assertEquals("", said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Lock", "Condition", "Event"})
    void await_ofAPrimitive_isRefused(String type) throws IOException {
        assertRefused("await(new " + type + "());", "no suitable method found for await(" + type + ")");
        assertRefused("try (var held = await(new " + type + "())) { }", "no suitable method found for await(");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Semaphore", "BoundedSemaphore", "Barrier"})
    void await_ofASemaphoreOrBarrier_isRefused(String type) throws IOException {
        assertRefused("await(new " + type + "(1));", "no suitable method found for await(" + type + ")");
        assertRefused("try (var held = await(new " + type + "(1))) { }", "no suitable method found for await(");
    }

    @Test
    void primitive_madeForALoop_isRefused() throws IOException {
        assertRefused("new Lock(runningLoop());", "constructor Lock in class Lock cannot be applied to given types");
        assertRefused("new Event(runningLoop());", "constructor Event in class Event cannot be applied to given types");
        assertRefused("new Condition(runningLoop());", "EventLoop cannot be converted to Lock");
        assertRefused(
                "new Semaphore(1, runningLoop());",
                "constructor Semaphore in class Semaphore cannot be applied to given types");
        assertRefused(
                "new BoundedSemaphore(1, runningLoop());",
                "constructor BoundedSemaphore in class BoundedSemaphore cannot be applied to given types");
    }

    @Test
    void queue_ofAFractionalSize_isRefused() throws IOException {
        assertRefused("new Queue<String>(1.3);", "possible lossy conversion from double to int");
    }

    @Test
    void future_madeByHand_isRefused() throws IOException {
        assertRefused("new Future<String>();", "cannot be applied to given types");
        assertRefused("new Future<String>(42);", "incompatible types: int cannot be converted to EventLoop");
        assertRefused("new Future<String>(runningLoop());", "is not public in Future");
        assertRefused("runningLoop().createFuture(42);", "cannot be applied to given types");
    }

    @Test
    void future_extendedWithoutItsConstructor_isRefused() throws IOException {
        assertRefused("class Mine extends Future<String> { }", "cannot be applied to given types");
        assertRefused("class Mine extends Future<String> { Mine() { super(null); } }", "is not public in Future");
    }

    @Test
    void setException_ofAClass_isRefused() throws IOException {
        assertRefused(
                "runningLoop().createFuture().setException(RuntimeException.class);",
                "cannot be converted to Throwable");
    }

    @Test
    void wrapFuture_ofAFutureOfALoop_isRefused() throws IOException {
        assertRefused("wrapFuture(task);", "Task<String> cannot be converted to CompletionStage");
    }

    @Test
    void run_ofWhatIsNoBody_isRefused() throws IOException {
        assertRefused("run(1);", "no suitable method found for run(int)");
        assertRefused("new Runner().run(123);", "no suitable method found for run(int)");
    }
}
