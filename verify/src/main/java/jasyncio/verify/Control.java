package jasyncio.verify;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.sleep;

import jasyncio.CancelledError;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Control flow, and statements about nothing but the program itself. */
final class Control {
    private Control() {}

    static void addTo(Vocabulary vocabulary) {
        vocabulary.plain("log", (_, s) -> s.text("n"));
        vocabulary.plain("inc", (f, s) -> {
            f.execution().cells.merge(s.text("on"), 1, Integer::sum);
            return null;
        });
        vocabulary.plain("raise", Control::raise);
        vocabulary.plain("stop", (f, _) -> {
            f.execution().loop().stop();
            return null;
        });
        vocabulary.suspending("sleep", (_, s) -> sleep(s.length("us")));
        vocabulary.nesting("return", (_, s) -> new Returned(s.number("value")));
        vocabulary.suspending("call", Control::call);
        vocabulary.nesting("repeat", Control::repeat);
        vocabulary.nesting("try", Control::attempt);
    }

    private static @Nullable String raise(Frame frame, Statement statement) throws Exception {
        switch (statement.text("kind")) {
            case "failed" -> throw new Failed(statement.text("text"));
            case "cancelled" -> throw new CancelledError(statement.text("text"));
            case "timeout" -> throw new TimeoutException("raised by " + frame.who());
            default -> throw new IllegalArgumentException("Cannot raise " + statement.text("kind"));
        }
    }

    private static void call(Frame frame, Statement statement) {
        Execution execution = frame.execution();
        String label = execution.nextLabel("call");
        var _ = await(coroutine(() -> execution.body(label, statement.body("body"))));
    }

    private static @Nullable Returned repeat(Frame frame, Statement statement) throws Exception {
        List<Statement> body = statement.body("body");
        for (int i = 0; i < statement.number("n"); i++) {
            Returned returned = frame.block(body);
            if (returned != null) {
                return returned;
            }
        }
        return null;
    }

    private static @Nullable Returned attempt(Frame frame, Statement statement) throws Exception {
        Returned returned;
        try {
            returned = frame.block(statement.body("body"));
        } catch (Throwable e) {
            if (!statement.has("catch") || !Words.catches(statement.text("catch"), e)) {
                throw e;
            }
            frame.log("caught " + Words.describe(e));
            returned = frame.block(statement.body("handler"));
            if (returned == null && statement.flag("again")) {
                throw e;
            }
        } finally {
            var _ = frame.block(statement.body("finally"));
        }
        return returned;
    }
}
