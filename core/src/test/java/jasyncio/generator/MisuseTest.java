package jasyncio.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is refused, and in which words. */
class MisuseTest {
    private static final String OUTSIDE = ": only its own body can, while it runs";

    private final AtomicReference<Generator.Yielder<Integer>> escaped = new AtomicReference<>();

    private Generator<Integer> leaking() {
        return Generator.of(y -> {
            escaped.set(y);
            y.yield(1);
        });
    }

    private static void assertRefused(String message, Runnable action) {
        assertEquals(
                message, assertThrows(IllegalStateException.class, action::run).getMessage());
    }

    @Test
    void yield_outsideOfTheBody_isRefused() {
        Generator<Integer> generator = leaking();
        generator.next();
        assertRefused(
                "Cannot yield from here to whoever advances <Generator MisuseTest lambda SUSPENDED>" + OUTSIDE,
                () -> escaped.get().yield(2));
        assertRefused(
                "Cannot yield from here to whoever advances <Generator MisuseTest lambda SUSPENDED>" + OUTSIDE,
                () -> escaped.get().yieldFrom(Generator.of(y -> y.yield(2))));
        assertThrows(StopIteration.class, generator::next);
        assertRefused(
                "Cannot yield from here to whoever advances <Generator MisuseTest lambda CLOSED>" + OUTSIDE,
                () -> escaped.get().yield(2));
    }

    @Test
    void yield_fromTheBodyOfAnotherGenerator_isRefused() {
        Generator<Integer> outer = Generator.of(y -> {
            Generator<Integer> inner = Generator.of(_ -> y.yield(1));
            inner.next();
        });
        assertRefused(
                "Cannot yield from here to whoever advances <Generator MisuseTest lambda RUNNING>" + OUTSIDE,
                outer::next);
    }

    @Test
    void yield_byAnotherThread_isRefused() {
        Generator<Integer> generator = Generator.of(y -> {
            var other = new FutureTask<>(() -> y.yield(2), null);
            Thread.ofPlatform().start(other);
            y.yield(failureOf(other).getMessage().length());
        });
        assertTrue(generator.next() > OUTSIDE.length());
    }

    private static Throwable failureOf(FutureTask<?> task) throws InterruptedException {
        return assertThrows(ExecutionException.class, task::get).getCause();
    }

    @Test
    void next_byAnotherThread_isRefused_andChangesNothing() throws Exception {
        Generator<Integer> generator = leaking();
        generator.next();
        var other = new FutureTask<>(generator::next);
        Thread thread = Thread.ofPlatform().name("other").start(other);
        Throwable refusal = failureOf(other);
        assertEquals(
                "Cannot resume on " + thread + " a generator that belongs to " + Thread.currentThread()
                        + "; the thread or task that first resumes one keeps it",
                nameOfThreads(refusal.getMessage(), thread));
        assertEquals(Generator.State.SUSPENDED, generator.state());
        assertThrows(StopIteration.class, generator::next);
    }

    /** A thread that has ended shows no group any more. */
    private static String nameOfThreads(String message, Thread ended) {
        return message.replaceFirst("Thread\\[#" + ended.threadId() + ",[^\\]]*\\]", ended.toString());
    }

    @Test
    void generator_createdHere_mayBeAdvancedThere() throws Exception {
        Generator<Integer> generator = leaking();
        var other = new FutureTask<>(generator::next);
        Thread.ofPlatform().start(other);
        assertEquals(1, other.get());
        assertThrows(IllegalStateException.class, generator::next);
        assertThrows(IllegalStateException.class, generator::close);
    }

    @Test
    void yieldFrom_anotherThreadsGenerator_isRefusedInTheBody() throws Exception {
        Generator<Integer> theirs = leaking();
        var other = new FutureTask<>(theirs::next);
        Thread.ofPlatform().start(other);
        other.get();
        Generator<Integer> generator = Generator.of(y -> {
            var refusal = assertThrows(IllegalStateException.class, () -> y.yieldFrom(theirs));
            assertTrue(refusal.getMessage().startsWith("Cannot resume on"), refusal.getMessage());
            y.yield(7);
        });
        assertEquals(7, generator.next());
    }

    @Test
    void send_toAJustStartedOne_namesTheCure() {
        SendGenerator<Integer, Integer, Integer> generator = SendGenerator.of(y -> y.yield(1));
        assertRefused(
                "Cannot send 5 to the just-started <Generator MisuseTest lambda CREATED>, as it stands at no yield yet;"
                        + " call next() first, or create it with SendGenerator.primed(…)",
                () -> generator.send(5));
    }

    @Test
    void send_toPlainItems_namesTheirClass() {
        SendGenerator<Integer, Integer, Integer> generator = SendGenerator.of(y -> {
            y.yieldFrom(List.of(1, 2));
            return 0;
        });
        generator.next();
        var refusal = assertThrows(IllegalStateException.class, () -> generator.send(5));
        assertTrue(
                refusal.getMessage()
                        .startsWith(
                                "Cannot send 5 to <Generator MisuseTest lambda RUNNING> now: it yields from a java.util."),
                refusal.getMessage());
        assertTrue(refusal.getMessage().endsWith(", which is no generator"), refusal.getMessage());
    }

    @Test
    void next_fromInside_isRefused() {
        var self = new AtomicReference<Generator<Integer>>();
        self.set(Generator.of(y -> y.yield(self.get().next())));
        assertRefused(
                "Generator already executing: <Generator MisuseTest lambda RUNNING> cannot be advanced, closed or delegated to from"
                        + " inside its own body",
                () -> self.get().next());
    }

    @Test
    void close_ignoredByTheBody_isAnError() {
        Generator<Integer> generator = Generator.of(y -> {
            try {
                y.yield(1);
            } catch (GeneratorExit ignored) {
                y.yield(2);
            }
        });
        generator.next();
        assertRefused(
                "Generator ignored GeneratorExit: the body of <Generator MisuseTest lambda SUSPENDED> has yielded while it was"
                        + " being closed",
                generator::close);
    }

    @Test
    void stopIteration_escapingTheBody_isItsCause() {
        Generator<Integer> generator = Generator.of(_ -> {
            throw new StopIteration("value");
        });
        var refusal = assertThrows(IllegalStateException.class, generator::next);
        assertEquals("value", ((StopIteration) refusal.getCause()).value(), () -> refusal.getMessage());
        assertTrue(
                refusal.getMessage()
                        .startsWith("Generator raised StopIteration: it escaped from the body of <Generator"),
                refusal.getMessage());
    }

    @Test
    void nulls_areRefusedWhereNothingCanBeDone() {
        assertEquals(
                "No body: the argument is null",
                assertThrows(NullPointerException.class, () -> Generator.of(null))
                        .getMessage());
        Generator<Integer> generator = Generator.of(y -> y.yieldFrom(null));
        assertEquals(
                "Nothing to yield from: the argument is null",
                assertThrows(NullPointerException.class, generator::next).getMessage());
        assertEquals(
                "Nothing to throw: the argument is null",
                assertThrows(NullPointerException.class, () -> leaking().throwIn(null))
                        .getMessage());
        assertEquals(
                "No action: the argument is null",
                assertThrows(NullPointerException.class, () -> leaking().forEach(null))
                        .getMessage());
    }
}
