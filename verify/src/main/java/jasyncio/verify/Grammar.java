package jasyncio.verify;

import static jasyncio.verify.Rule.Trait.BLOCKS;
import static jasyncio.verify.Rule.Trait.ENDS;
import static jasyncio.verify.Rule.Trait.NAMES;
import static jasyncio.verify.Rule.Trait.NESTS;
import static jasyncio.verify.Rule.Trait.SUSPENDS;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The rules for every kind of statement: control, tasks, futures and callbacks here, the rest in classes of their own. */
final class Grammar {
    static final List<Rule> RULES = new Grammar().rules;

    private final List<Rule> rules = new ArrayList<>();

    private Grammar() {
        addControl();
        addTasks();
        addFutures();
        addCallbacks();
        addGathering();
        ScopeGrammar.addTo(this);
        PrimitiveGrammar.addTo(this);
        ContentionGrammar.addTo(this);
        FailureGrammar.addTo(this);
    }

    void add(Theme theme, int weight, Function<Scope, Draft> writer, Rule.Trait... traits) {
        rules.add(new Rule(theme, weight, Set.of(traits), writer));
    }

    private void addControl() {
        add(Theme.CONTROL, 3, s -> Draft.of("log").with("n", s.generator().number()));
        add(Theme.CONTROL, 1, s -> Draft.of("inc").with("on", cell(s)));
        add(Theme.CONTROL, 6, Grammar::raise, ENDS);
        add(Theme.CONTROL, 10, s -> Draft.of("sleep").with("us", s.micros()), SUSPENDS);
        add(Theme.CONTROL, 6, _ -> Draft.of("sleep").with("us", 0), SUSPENDS);
        add(Theme.CONTROL, 2, s -> Draft.of("return").with("value", s.value()), SUSPENDS, ENDS);
        add(Theme.CONTROL, 1, s -> Draft.of("call").with("body", s.body(3)), SUSPENDS, NESTS);
        add(Theme.CONTROL, 1, Grammar::repeat, SUSPENDS, NESTS);
        add(Theme.CONTROL, 8, Grammar::attempt, SUSPENDS, NESTS);
    }

    static String cell(Scope scope) {
        return "n" + scope.dice().below(2);
    }

    private static Draft raise(Scope scope) {
        return Draft.of("raise")
                .with("kind", scope.dice().oneOf("failed", "failed", "failed", "cancelled", "timeout"))
                .with("text", scope.text("f"));
    }

    private static Draft repeat(Scope scope) {
        return Draft.of("repeat").with("n", scope.dice().between(2, 3)).with("body", scope.body(3));
    }

    private static Draft attempt(Scope scope) {
        Dice dice = scope.dice();
        Draft draft = Draft.of("try").with("body", scope.body(4));
        if (dice.percent(75)) {
            draft.with("catch", dice.oneOf("any", "cancelled", "cancelled", "failed", "timeout", "group"))
                    .with("handler", scope.body(2))
                    .with("again", dice.percent(40));
        }
        if (dice.percent(40)) {
            draft.with("finally", withoutReturns(scope.body(2)));
        }
        return draft;
    }

    /** A return would hide what leaves the body. */
    private static JsonArray withoutReturns(JsonArray body) {
        var kept = new JsonArray();
        body.forEach(each -> {
            if (!new Draft((JsonObject) each).op().equals("return")) {
                kept.add(each);
            }
        });
        return kept;
    }

    private void addTasks() {
        add(Theme.TASKS, 14, Grammar::spawn, NESTS, NAMES);
        add(Theme.TASKS, 8, s -> Draft.of("await").with("on", s.awaitableFuture()), SUSPENDS, BLOCKS);
        add(Theme.TASKS, 6, s -> withText(s, Draft.of("cancel").with("on", s.future())));
        add(Theme.TASKS, 1, s -> withText(s, Draft.of("cancelMe")), ENDS);
        add(Theme.TASKS, 1, s -> perhapsOn(s, Draft.of("uncancel")));
        add(Theme.TASKS, 1, s -> perhapsOn(s, Draft.of("cancelling")));
        add(Theme.TASKS, 2, s -> Draft.of("state").with("on", s.future()));
        add(Theme.TASKS, 1, _ -> Draft.of("me"));
    }

    private static Draft withText(Scope scope, Draft draft) {
        return scope.dice().percent(60) ? draft.with("text", scope.text("c")) : draft;
    }

    private static Draft perhapsOn(Scope scope, Draft draft) {
        return scope.dice().percent(60) ? draft : draft.with("on", scope.future());
    }

    private static Draft spawn(Scope scope) {
        String name = scope.newFuture();
        Draft draft = Draft.of("spawn").with("to", name);
        if (scope.dice().percent(4) && !scope.generator().eager()) {
            draft.with("context", scope.future()); // not for an eager one: its context may be running just now
        } else {
            draft.with("eager", scope.dice().percent(25));
        }
        return draft.with("body", scope.taskBody(name));
    }

    private void addFutures() {
        add(Theme.FUTURES, 5, s -> Draft.of("future").with("to", s.newFuture()), NAMES);
        add(Theme.FUTURES, 5, s -> Draft.of("set").with("on", s.future()).with("value", s.value()));
        add(Theme.FUTURES, 2, s -> Draft.of("fail").with("on", s.future()).with("text", s.text("f")));
        add(Theme.FUTURES, 1, s -> Draft.of("result").with("on", s.future()));
        add(Theme.FUTURES, 1, s -> Draft.of("exception").with("on", s.future()));
        add(
                Theme.FUTURES,
                4,
                s -> Draft.of("onDone")
                        .with("on", s.future())
                        .with("as", s.newName("d"))
                        .with("body", s.callback()),
                NESTS);
        add(Theme.FUTURES, 1, s -> Draft.of("onDone").with("on", s.future()).with("as", s.name("d")));
        add(Theme.FUTURES, 1, s -> Draft.of("removeDone").with("on", s.future()).with("as", s.name("d")));
    }

    private void addCallbacks() {
        add(Theme.CALLBACKS, 4, s -> callback(s, Draft.of(s.dice().oneOf("soon", "soon", "threadsafe"))), NESTS);
        add(
                Theme.CALLBACKS,
                4,
                s -> callback(s, Draft.of(s.dice().oneOf("later", "at")).with("us", s.micros())),
                NESTS);
        add(Theme.HANDLES, 2, s -> Draft.of("cancelHandle").with("on", s.name("h")));
        add(Theme.HANDLES, 1, s -> Draft.of("handleState").with("on", s.name("h")));
        add(Theme.HANDLES, 1, s -> s.dice().percent(20) ? Draft.of("stop") : Draft.of("me"));
    }

    private static Draft callback(Scope scope, Draft draft) {
        return draft.with("to", scope.newName("h")).with("body", scope.callback());
    }

    private void addGathering() {
        add(
                Theme.GATHERING,
                5,
                s -> {
                    String name = s.newFuture();
                    var sources = new JsonArray();
                    for (int i = s.dice().between(0, 4); i > 0; i--) {
                        sources.add(s.source(Scope.rankOf(name)));
                    }
                    return Draft.of("gather")
                            .with("to", name)
                            .with("of", sources)
                            .with("outcomes", s.dice().percent(40));
                },
                NESTS,
                NAMES);
        add(
                Theme.GATHERING,
                4,
                s -> {
                    String name = s.newFuture();
                    return Draft.of("shield").with("to", name).with("of", s.source(Scope.rankOf(name)));
                },
                NESTS,
                NAMES);
    }
}
