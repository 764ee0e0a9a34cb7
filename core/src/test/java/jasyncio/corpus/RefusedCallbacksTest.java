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

/** What asyncio's event loop refuses with a TypeError as a callback, a handler or a factory, and the compiler refuses here. */
class RefusedCallbacksTest {

    @TempDir
    Path output;

    /** The surroundings compile: whatever is refused below is refused for its own sake. */
    @Test
    void rightArguments_areAccepted() throws IOException {
        String said = Javac.compileFragment("""
                var loop = runningLoop();
                loop.callSoon(() -> println("soon"));
                loop.callSoonThreadsafe(() -> println("from anywhere"));
                loop.callLater(ofSeconds(60), () -> println("later"));
                loop.callAt(loop.time(), () -> println("then"));
                loop.setExceptionHandler(failure -> println(failure.message()));
                loop.setTaskFactory(TaskFactory.EAGER);
                loop.setDefaultExecutor(Runnable::run);
                println(loop.runUntilComplete(task) + await(runInExecutor(null, () -> 1)));
                """, output);
        assertEquals("", said);
    }

    private void assertRefused(String code, String message) throws IOException {
        String said = Javac.compileFragment(code, output);
        assertTrue(said.contains(message), () -> code + "\nExpected: " + message + "\nbut javac said: " + said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "task", "coroutine(() -> 1)"})
    void callback_thatIsNoRunnable_isRefused(String callback) throws IOException {
        assertRefused("runningLoop().callSoon(" + callback + ");", "Runnable");
        assertRefused("runningLoop().callSoonThreadsafe(" + callback + ");", "Runnable");
        assertRefused("runningLoop().callLater(ofSeconds(60), " + callback + ");", "Runnable");
        assertRefused("runningLoop().callAt(runningLoop().time(), " + callback + ");", "Runnable");
    }

    @Test
    void runInExecutor_ofACoroutineOrTask_isRefused() throws IOException {
        assertRefused("await(runInExecutor(null, coroutine(() -> 1)));", "no suitable method found for runInExecutor(");
        assertRefused("await(runInExecutor(null, task));", "no suitable method found for runInExecutor(");
    }

    @Test
    void handlerFactoryAndExecutor_ofAnotherType_areRefused() throws IOException {
        assertRefused("runningLoop().setExceptionHandler(\"spam\");", "String cannot be converted to Consumer");
        assertRefused("runningLoop().setTaskFactory(1);", "int cannot be converted to TaskFactory");
        assertRefused("runningLoop().setDefaultExecutor(\"mock\");", "String cannot be converted to Executor");
    }

    @Test
    void runUntilComplete_ofWhatIsNoAwaitable_isRefused() throws IOException {
        assertRefused(
                "runningLoop().runUntilComplete(\"blah\");", "no suitable method found for runUntilComplete(String)");
    }

    @Test
    void iteratorOrCallable_whereAnAwaitableIsNeeded_isRefused() throws IOException {
        assertRefused("await(List.of(1).iterator());", "no suitable method found for await(Iterator<Integer>)");
        assertRefused("Coroutine<Integer> c = List.of(1).iterator();", "cannot be converted to Coroutine<Integer>");
        assertRefused("class Mine implements Coroutine<String> { }", "interface expected here");
    }
}
