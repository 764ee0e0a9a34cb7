package jasyncio.verify;

import static jasyncio.Asyncio.coroutine;
import static jasyncio.verify.Vocabulary.NOTHING;

import jasyncio.Asyncio;
import jasyncio.Awaitable;
import jasyncio.Future;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Futures that programs complete themselves, done callbacks, gather and shield. */
final class Futures {
    private Futures() {}

    static void addTo(Vocabulary vocabulary) {
        vocabulary.plain("future", (f, s) -> {
            f.execution().name(s.text("to"), f.execution().loop().createFuture());
            return null;
        });
        vocabulary.plain("set", (f, s) -> completed(f, s, future -> future.setResult(s.number("value"))));
        vocabulary.plain("fail", (f, s) -> completed(f, s, future -> future.setException(new Failed(s.text("text")))));
        vocabulary.plain("state", (f, s) -> asked(f, s, Words::standing));
        vocabulary.plain("result", (f, s) -> asked(f, s, future -> Words.show(future.result())));
        vocabulary.plain("exception", (f, s) -> asked(f, s, Futures::failure));
        vocabulary.plain("onDone", Futures::onDone);
        vocabulary.plain("removeDone", Futures::removeDone);
        vocabulary.plain("gather", Futures::gather);
        vocabulary.plain("shield", Futures::shield);
    }

    private static String asked(Frame frame, Statement statement, Function<Future<?>, String> question) {
        Future<?> future = frame.execution().named(statement.text("on"), Future.class);
        return future == null ? NOTHING : question.apply(future);
    }

    private static String failure(Future<?> future) {
        Throwable failure = future.exception();
        return failure == null ? "none" : Words.describe(failure);
    }

    /** Completes the named future, unless it is a shield, whose completion by hand means nothing. */
    @SuppressWarnings("unchecked") // values are only shown
    private static String completed(Frame frame, Statement statement, Consumer<Future<Object>> completion) {
        Future<?> future = frame.execution().named(statement.text("on"), Future.class);
        if (future == null || frame.execution().shields.contains(future)) {
            return NOTHING;
        }
        completion.accept((Future<Object>) future);
        return "ok";
    }

    /** A done callback that can be registered more than once, and removed. */
    private record Done(Frame frame, List<Statement> body) implements Consumer<Future<?>> {
        @Override
        public void accept(Future<?> future) {
            frame.log("done: " + Words.standing(future));
            Callbacks.execute(frame, body);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private static @Nullable String onDone(Frame frame, Statement statement) {
        Execution execution = frame.execution();
        Future<?> future = execution.named(statement.text("on"), Future.class);
        Done callback = statement.has("body")
                ? new Done(frame.child(statement.text("as")), statement.body("body"))
                : execution.named(statement.text("as"), Done.class);
        if (future == null || callback == null) {
            return NOTHING;
        }
        execution.name(statement.text("as"), callback);
        future.addDoneCallback(callback);
        return null;
    }

    private static String removeDone(Frame frame, Statement statement) {
        Future<?> future = frame.execution().named(statement.text("on"), Future.class);
        Done callback = frame.execution().named(statement.text("as"), Done.class);
        return future == null || callback == null ? NOTHING : Integer.toString(future.removeDoneCallback(callback));
    }

    /** What a program names or writes in place, to be awaited; null if the name stands for nothing. */
    @SuppressWarnings("unchecked") // values are only shown
    static @Nullable Awaitable<@Nullable Object> awaitable(Frame frame, Statement source) {
        Execution execution = frame.execution();
        if (source.has("ref")) {
            return execution.named(source.text("ref"), Future.class);
        }
        String label = execution.nextLabel("child");
        return coroutine(() -> execution.body(label, source.body("body")));
    }

    private static @Nullable String gather(Frame frame, Statement statement) {
        List<Awaitable<@Nullable Object>> children = statement.objects("of").stream()
                .map(source -> awaitable(frame, source))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        Future<?> outer = statement.flag("outcomes") ? Asyncio.gatherOutcomes(children) : Asyncio.gather(children);
        frame.execution().name(statement.text("to"), outer);
        return null;
    }

    private static @Nullable String shield(Frame frame, Statement statement) {
        Awaitable<@Nullable Object> inner = awaitable(frame, statement.object("of"));
        if (inner == null) {
            return NOTHING;
        }
        Future<?> outer = Asyncio.<@Nullable Object>shield(inner);
        frame.execution().name(statement.text("to"), outer);
        if (outer != inner) {
            frame.execution().shields.add(outer);
        }
        return null;
    }
}
