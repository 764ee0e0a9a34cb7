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

/** Arguments that asyncio refuses with a TypeError when it gets them: here the compiler refuses them. */
class RefusedByJavacTest {

    @TempDir
    Path output;

    /** The surroundings compile: whatever is refused below is refused for its own sake. */
    @Test
    void rightArguments_areAccepted() throws IOException {
        String said = Javac.compileFragment("""
                await(ensureFuture(task));
                await(createTask(() -> 1));
                var done = Asyncio.wait(tasks, FIRST_COMPLETED).done();
                for (var each : asCompleted(tasks)) done.contains(each);
                task.setName("name");
                var variable = new ContextVar<String>("name");
                println(Context.empty().run(() -> variable.orElse("none")));
                """, output);
        assertEquals("", said);
    }

    private void assertRefused(String code, String message) throws IOException {
        String said = Javac.compileFragment(code, output);
        assertTrue(said.contains(message), () -> code + "\nExpected: " + message + "\nbut javac said: " + said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ensureFuture(\"ok\");", "ensureFuture(42);"})
    void ensureFuture_ofWhatIsNoAwaitable_isRefused(String code) throws IOException {
        assertRefused(code, "cannot be converted to Awaitable");
    }

    @Test
    void createTask_ofWhatIsNoBody_isRefused() throws IOException {
        assertRefused("createTask(123);", "no suitable method found for createTask(int)");
        assertRefused("createTask(task);", "no suitable method found for createTask(Task<String>)");
    }

    @Test
    void gather_ofWhatIsNoAwaitable_isRefused() throws IOException {
        assertRefused("await(gather(task, new Object()));", "no suitable method found for gather(Task<String>,Object)");
    }

    @Test
    void wait_forWhatIsNoCollectionOfFutures_isRefused() throws IOException {
        assertRefused("Asyncio.wait(task);", "no suitable method found for wait(Task<String>)");
        assertRefused("Asyncio.wait(coroutine(() -> 1));", "no suitable method found for wait(Coroutine<");
        assertRefused("Asyncio.wait(List.of(coroutine(() -> 1)));", "no suitable method found for wait(");
        assertRefused("Asyncio.wait(tasks, -1);", "no suitable method found for wait(List<Task<String>>,int)");
    }

    @Test
    void asCompleted_ofWhatIsNoCollectionOfFutures_isRefused() throws IOException {
        assertRefused("for (var t : asCompleted(task)) { }", "no suitable method found for asCompleted(Task<String>)");
        assertRefused("for (var t : asCompleted(coroutine(() -> 1))) { }", "no suitable method found for asCompleted(");
    }

    @Test
    void nameOfATask_thatIsNoString_isRefused() throws IOException {
        assertRefused("task.setName(123456789);", "int cannot be converted to String");
        assertRefused("task.setName(java.util.Set.of(6));", "conforms to String");
        assertRefused("createTask(987654321, () -> 1);", "no suitable method found for createTask(int,");
    }

    @Test
    void contextVar_withoutAStringForAName_isRefused() throws IOException {
        assertRefused("new ContextVar<String>();", "no suitable constructor found for ContextVar(no arguments)");
        assertRefused("new ContextVar<String>(1);", "int cannot be converted to String");
        assertRefused("new ContextVar<String>(\"a\").name = \"b\";", "name has private access in ContextVar");
    }

    @Test
    void contextsTheirVariablesAndTokens_cannotBeExtended() throws IOException {
        assertRefused("class Mine extends ContextVar<String> { }", "cannot inherit from final ContextVar");
        assertRefused("class Mine extends Context { }", "cannot inherit from final Context");
        assertRefused(
                "class Mine implements ContextVar.Token { public void close() { } }",
                "local classes must not extend sealed classes");
    }

    @Test
    void context_madeWithArgumentsOrRunWithoutABody_isRefused() throws IOException {
        assertRefused("new Context(1);", "Context");
        assertRefused("Context.empty(1);", "method empty in class Context cannot be applied to given types");
        assertRefused("Context.empty().run();", "no suitable method found for run(no arguments)");
    }
}
