package jasyncio.verify;

import static jasyncio.verify.Vocabulary.NOTHING;

import jasyncio.Handle;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Callbacks of the loop. */
final class Callbacks {
    private Callbacks() {}

    static void addTo(Vocabulary vocabulary) {
        vocabulary.plain("soon", (f, s) -> scheduled(f, s, f.execution().loop()::callSoon));
        vocabulary.plain("threadsafe", (f, s) -> scheduled(f, s, f.execution().loop()::callSoonThreadsafe));
        vocabulary.plain(
                "later", (f, s) -> scheduled(f, s, c -> f.execution().loop().callLater(s.length("us"), c)));
        vocabulary.plain(
                "at", (f, s) -> scheduled(f, s, c -> f.execution().loop().callAt(s.moment("us"), c)));
        vocabulary.plain("cancelHandle", (f, s) -> {
            Handle handle = f.execution().named(s.text("on"), Handle.class);
            if (handle == null) {
                return NOTHING;
            }
            handle.cancel();
            return null;
        });
        vocabulary.plain("handleState", (f, s) -> {
            Handle handle = f.execution().named(s.text("on"), Handle.class);
            return handle == null ? NOTHING : Words.show(handle.cancelled());
        });
    }

    private static @Nullable String scheduled(Frame frame, Statement statement, Function<Runnable, Handle> schedule) {
        Frame child = frame.child(statement.text("to"));
        Handle handle = schedule.apply(() -> {
            child.log("runs");
            execute(child, statement.body("body"));
        });
        frame.execution().name(statement.text("to"), handle);
        return null;
    }

    /** Executes the body of a callback, which cannot declare what it throws. */
    static void execute(Frame frame, List<Statement> body) {
        try {
            frame.plainBlock(body);
        } catch (Exception e) {
            throw Callbacks.<RuntimeException>undeclared(e);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // X is RuntimeException for the compiler only
    private static <X extends Exception> RuntimeException undeclared(Exception e) throws X {
        throw (X) e;
    }
}
