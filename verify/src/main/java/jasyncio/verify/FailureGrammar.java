package jasyncio.verify;

import static jasyncio.verify.Rule.Trait.NAMES;
import static jasyncio.verify.Rule.Trait.NESTS;
import static jasyncio.verify.Rule.Trait.SUSPENDS;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/**
 * The rule for scenes in which a task waits for children by a group or by gather, and children fail, clean up, are cancelled and time out
 * in the same few moments.
 */
final class FailureGrammar {
    private static final int MAX_NESTED = 2;

    private final Scope scope;
    private final Dice dice;

    private FailureGrammar(Scope scope) {
        this.scope = scope;
        this.dice = scope.dice();
    }

    static void addTo(Grammar grammar) {
        grammar.add(Theme.FAILURES, 10, s -> new FailureGrammar(s).scene(), SUSPENDS, NESTS, NAMES);
    }

    private Draft scene() {
        String host = scope.newFuture();
        var body = new JsonArray();
        body.add(Draft.of("spawn")
                .with("to", host)
                .with("eager", dice.percent(15))
                .with("body", host())
                .json());
        for (int i = dice.between(0, 2); i > 0; i--) {
            body.add(pause().json());
            body.add(Draft.of("cancel")
                    .with("on", host)
                    .with("text", scope.text("c"))
                    .json());
        }
        body.add(Draft.of("await").with("on", host).with("safe", true).json());
        return Draft.of("call").with("body", body);
    }

    /** Waits for the children, and then shows what is left of a cancellation. */
    private JsonArray host() {
        var body = new JsonArray();
        body.add(guarded(limited(family(0))).json());
        body.add(Draft.of("cancelling").json());
        body.add(Draft.of("sleep").with("us", 0).json());
        return body;
    }

    private Draft limited(Draft draft) {
        return dice.percent(30)
                ? Draft.of("timeout")
                        .with("as", "x1")
                        .with("us", moment() + 1000)
                        .with("body", list(draft))
                : draft;
    }

    private Draft family(int nesting) {
        return dice.percent(70) ? group(nesting) : gather(nesting);
    }

    private Draft group(int nesting) {
        String name = "g" + nesting;
        var body = new JsonArray();
        for (int i = dice.between(1, 4); i > 0; i--) {
            body.add(Draft.of("spawn")
                    .with("group", name)
                    .with("eager", dice.percent(15))
                    .with("body", list(child(nesting)))
                    .json());
        }
        body.add(guarded(work()).json());
        return Draft.of("group").with("as", name).with("body", body).with("safe", dice.percent(40));
    }

    private Draft gather(int nesting) {
        var sources = new JsonArray();
        for (int i = dice.between(1, 4); i > 0; i--) {
            var source = new JsonObject();
            source.add("body", list(child(nesting)));
            sources.add(source);
        }
        String name = "f" + nesting;
        var body = list(Draft.of("gather").with("to", name).with("of", sources).with("outcomes", dice.percent(40)));
        body.add(Draft.of("await")
                .with("on", name)
                .with("safe", dice.percent(40))
                .json());
        return Draft.of("call").with("body", body);
    }

    private Draft child(int nesting) {
        return guarded(nesting < MAX_NESTED && dice.percent(15) ? limited(family(nesting + 1)) : work());
    }

    private Draft work() {
        var body = list(pause());
        body.add((dice.percent(50)
                        ? failure()
                        : dice.percent(50) ? pause() : Draft.of("return").with("value", scope.value()))
                .json());
        return Draft.of("repeat").with("n", 1).with("body", body);
    }

    /** Meets a cancellation, or anything, with awaits, and lets it go on or not. */
    private Draft guarded(Draft draft) {
        if (dice.percent(50)) {
            return draft;
        }
        Draft guarded = Draft.of("try").with("body", list(draft));
        if (dice.percent(70)) {
            var handler = list(pause());
            if (dice.percent(30)) {
                handler.add(failure().json());
            }
            guarded.with("catch", dice.oneOf("cancelled", "cancelled", "any", "group", "timeout"))
                    .with("handler", handler)
                    .with("again", dice.percent(50));
        }
        return dice.percent(40) ? guarded.with("finally", list(pause())) : guarded;
    }

    private Draft failure() {
        return Draft.of("raise")
                .with("kind", dice.oneOf("failed", "failed", "failed", "cancelled"))
                .with("text", scope.text("f"));
    }

    private Draft pause() {
        return Draft.of("sleep").with("us", moment());
    }

    /** One of few, so that things coincide. */
    private int moment() {
        return dice.oneOf(0, 0, 1000, 1000, 2000, 3000);
    }

    private static JsonArray list(Draft draft) {
        var list = new JsonArray();
        list.add(draft.json());
        return list;
    }
}
