package jasyncio.verify;

import static jasyncio.verify.Rule.Trait.BLOCKS;
import static jasyncio.verify.Rule.Trait.NAMES;
import static jasyncio.verify.Rule.Trait.NESTS;
import static jasyncio.verify.Rule.Trait.SUSPENDS;

/** The rules for waiting, groups, timeouts and context variables. */
final class ScopeGrammar {
    private ScopeGrammar() {}

    static void addTo(Grammar grammar) {
        addWaiting(grammar);
        addGroups(grammar);
        addTimeouts(grammar);
        addContexts(grammar);
    }

    private static void addWaiting(Grammar grammar) {
        grammar.add(Theme.WAITING, 5, ScopeGrammar::waitForSome, SUSPENDS, BLOCKS);
        grammar.add(Theme.WAITING, 4, ScopeGrammar::asCompleted, SUSPENDS, NESTS, BLOCKS);
    }

    private static Draft waitForSome(Scope scope) {
        return perhapsLimited(scope, Draft.of("wait"))
                .with("of", scope.futures())
                .with("when", scope.dice().oneOf("all", "first", "exception"));
    }

    private static Draft asCompleted(Scope scope) {
        return perhapsLimited(scope, Draft.of("asCompleted"))
                .with("of", scope.futures())
                .with("body", scope.body(2));
    }

    private static Draft perhapsLimited(Scope scope, Draft draft) {
        return scope.dice().percent(50) ? draft.with("us", scope.micros()) : draft;
    }

    private static void addGroups(Grammar grammar) {
        grammar.add(Theme.GROUPS, 6, ScopeGrammar::group, SUSPENDS, NESTS);
        grammar.add(Theme.GROUP_TASKS, 24, ScopeGrammar::groupTask, NESTS, NAMES);
        grammar.add(
                Theme.GROUP_TASKS,
                1,
                s -> Draft.of("groupAgain").with("on", s.name("g")).with("body", s.body(1)),
                SUSPENDS,
                NESTS);
    }

    private static Draft group(Scope scope) {
        String name = "g" + scope.dice().below(4);
        return Draft.of("group").with("as", name).with("body", scope.bodyWith("g", name, 6));
    }

    private static Draft groupTask(Scope scope) {
        String group = scope.name("g");
        String name = scope.newFuture();
        return Draft.of("spawn")
                .with("to", name)
                .with("group", group)
                .with("eager", scope.dice().percent(25))
                .with("body", scope.taskBody(name));
    }

    private static void addTimeouts(Grammar grammar) {
        grammar.add(Theme.TIMEOUTS, 6, ScopeGrammar::timeout, SUSPENDS, NESTS);
        grammar.add(Theme.TIMEOUTS, 4, ScopeGrammar::waitFor, SUSPENDS, NESTS);
        grammar.add(Theme.RESCHEDULING, 8, ScopeGrammar::reschedule);
        grammar.add(
                Theme.RESCHEDULING,
                1,
                s -> Draft.of("timeoutAgain").with("on", s.name("x")).with("body", s.body(1)),
                SUSPENDS,
                NESTS);
        grammar.add(Theme.RESCHEDULING, 2, s -> Draft.of("expired").with("on", s.name("x")));
    }

    private static Draft timeout(Scope scope) {
        String name = "x" + scope.dice().below(4);
        Draft draft = Draft.of("timeout").with("as", name);
        switch (scope.dice().below(8)) {
            case 0 -> {}
            case 1 -> draft.with("at", scope.dice().between(0, 20) * 1000);
            default -> draft.with("us", scope.micros());
        }
        return draft.with("body", scope.bodyWith("x", name, 5));
    }

    private static Draft reschedule(Scope scope) {
        Draft draft = Draft.of("reschedule").with("on", scope.name("x"));
        return switch (scope.dice().below(5)) {
            case 0 -> draft;
            case 1 -> draft.with("at", scope.dice().between(0, 20) * 1000);
            default -> draft.with("us", scope.micros());
        };
    }

    private static Draft waitFor(Scope scope) {
        return Draft.of("waitFor").with("of", scope.source(scope.rank())).with("us", scope.micros());
    }

    private static void addContexts(Grammar grammar) {
        grammar.add(
                Theme.CONTEXTS,
                4,
                s -> Draft.of("setVar")
                        .with("on", variable(s))
                        .with("value", s.value())
                        .with("as", s.newName("k")));
        grammar.add(
                Theme.CONTEXTS,
                4,
                s -> Draft.of("resetVar").with("on", variable(s)).with("as", s.name("k")));
        grammar.add(Theme.CONTEXTS, 4, s -> Draft.of("getVar").with("on", variable(s)));
        grammar.add(Theme.CONTEXTS, 1, s -> Draft.of("inContext").with("body", s.callback()), NESTS);
    }

    private static String variable(Scope scope) {
        return scope.dice().oneOf("v0", "v1");
    }
}
