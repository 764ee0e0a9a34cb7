package jasyncio.verify;

import static jasyncio.verify.Vocabulary.NOTHING;

import jasyncio.Asyncio;
import jasyncio.Awaitable;
import jasyncio.Timeout;
import org.jspecify.annotations.Nullable;

/** Timeouts and waitFor. */
final class Timeouts {
    private Timeouts() {}

    static void addTo(Vocabulary vocabulary) {
        vocabulary.nesting("timeout", Timeouts::timeout);
        vocabulary.nesting("timeoutAgain", Timeouts::timeoutAgain);
        vocabulary.plain("reschedule", Timeouts::reschedule);
        vocabulary.plain("expired", (f, s) -> {
            Timeout limit = f.execution().named(s.text("on"), Timeout.class);
            return limit == null ? NOTHING : Words.show(limit.expired());
        });
        vocabulary.suspending("waitFor", Timeouts::waitFor);
    }

    private static @Nullable Returned timeout(Frame frame, Statement statement) throws Exception {
        Timeout limit = statement.has("at")
                ? Timeout.at(statement.moment("at"))
                : statement.has("us") ? Timeout.after(statement.length("us")) : Timeout.never();
        frame.execution().name(statement.text("as"), limit);
        return within(limit, frame, statement);
    }

    /** Enters a timeout that was entered before, or is entered. */
    private static @Nullable Returned timeoutAgain(Frame frame, Statement statement) throws Exception {
        Timeout limit = frame.execution().named(statement.text("on"), Timeout.class);
        if (limit == null) {
            frame.log("timeoutAgain: " + NOTHING);
            return null;
        }
        return within(limit, frame, statement);
    }

    private static @Nullable Returned within(Timeout limit, Frame frame, Statement statement) throws Exception {
        try {
            return limit.<@Nullable Returned, Exception>run(() -> frame.block(statement.body("body")));
        } finally {
            frame.log("timeout: expired " + Words.show(limit.expired()));
        }
    }

    private static String reschedule(Frame frame, Statement statement) {
        Timeout limit = frame.execution().named(statement.text("on"), Timeout.class);
        if (limit == null) {
            return NOTHING;
        }
        if (statement.has("at")) {
            limit.reschedule(statement.moment("at"));
        } else if (statement.has("us")) {
            limit.reschedule(statement.length("us"));
        } else {
            limit.disarm();
        }
        return "ok";
    }

    private static void waitFor(Frame frame, Statement statement) throws Exception {
        Awaitable<@Nullable Object> source = Futures.awaitable(frame, statement.object("of"));
        String text = source == null
                ? NOTHING
                : Words.show(Asyncio.<@Nullable Object>waitFor(source, statement.length("us")));
        frame.log("waitFor: " + text);
    }
}
