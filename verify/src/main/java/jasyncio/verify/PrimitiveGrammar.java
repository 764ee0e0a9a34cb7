package jasyncio.verify;

import static jasyncio.verify.Rule.Trait.BLOCKS;
import static jasyncio.verify.Rule.Trait.NESTS;
import static jasyncio.verify.Rule.Trait.SUSPENDS;

/** The rules for locks, conditions, events, barriers and queues. */
final class PrimitiveGrammar {
    private PrimitiveGrammar() {}

    static void addTo(Grammar grammar) {
        addLocks(grammar);
        addConditions(grammar);
        addEvents(grammar);
        addBarriers(grammar);
        addQueues(grammar);
    }

    private static void addLocks(Grammar grammar) {
        grammar.add(
                Theme.LOCKS, 9, s -> Draft.of("holding").with("on", lock(s)).with("body", s.body(3)), SUSPENDS, NESTS);
        grammar.add(Theme.LOCKS, 2, s -> Draft.of("acquire").with("on", lock(s)), SUSPENDS, BLOCKS);
        grammar.add(Theme.LOCKS, 2, s -> Draft.of("release").with("on", lock(s)));
        grammar.add(Theme.LOCKS, 1, s -> Draft.of("locked").with("on", lock(s)));
    }

    private static String lock(Scope scope) {
        return scope.dice().oneOf("l0", "l0", "l0", "l1", "s0", "s0", "s1", "s1", "s1", "s2", "s3");
    }

    private static void addConditions(Grammar grammar) {
        grammar.add(Theme.CONDITIONS, 5, PrimitiveGrammar::holdingCondition, SUSPENDS, NESTS);
        grammar.add(Theme.CONDITIONS, 1, s -> Draft.of("inc").with("on", Grammar.cell(s)));
        grammar.add(Theme.SIGNALS, 6, s -> Draft.of("conditionWait").with("on", s.name("c")), SUSPENDS, BLOCKS);
        grammar.add(
                Theme.SIGNALS,
                3,
                s -> Draft.of("conditionWaitFor")
                        .with("on", s.name("c"))
                        .with("cell", Grammar.cell(s))
                        .with("n", s.dice().between(1, 2)),
                SUSPENDS,
                BLOCKS);
        grammar.add(
                Theme.SIGNALS,
                4,
                s -> Draft.of("signal")
                        .with("on", s.name("c"))
                        .with("n", s.dice().between(0, 2)));
        grammar.add(Theme.SIGNALS, 3, s -> Draft.of("signalAll").with("on", s.name("c")));
    }

    private static Draft holdingCondition(Scope scope) {
        String name = scope.dice().oneOf("c0", "c0", "c1");
        return Draft.of("holding").with("on", name).with("body", scope.bodyWith("c", name, 4));
    }

    private static void addEvents(Grammar grammar) {
        grammar.add(Theme.EVENTS, 4, s -> Draft.of("eventWait").with("on", event(s)), SUSPENDS, BLOCKS);
        grammar.add(Theme.EVENTS, 3, s -> Draft.of("eventSet").with("on", event(s)));
        grammar.add(Theme.EVENTS, 2, s -> Draft.of("eventClear").with("on", event(s)));
        grammar.add(Theme.EVENTS, 1, s -> Draft.of("eventState").with("on", event(s)));
    }

    private static String event(Scope scope) {
        return scope.dice().oneOf("e0", "e1");
    }

    private static void addBarriers(Grammar grammar) {
        grammar.add(Theme.BARRIERS, 8, s -> Draft.of("barrierWait").with("on", barrier(s)), SUSPENDS, BLOCKS);
        grammar.add(Theme.BARRIERS, 1, s -> Draft.of("barrierReset").with("on", barrier(s)), SUSPENDS);
        grammar.add(
                Theme.BARRIERS,
                1,
                s -> Draft.of(s.dice().percent(30) ? "barrierAbort" : "barrierReset")
                        .with("on", barrier(s)),
                SUSPENDS);
        grammar.add(Theme.BARRIERS, 1, s -> Draft.of("barrierState").with("on", barrier(s)));
    }

    private static String barrier(Scope scope) {
        return scope.dice().oneOf("b0", "b0", "b1");
    }

    private static void addQueues(Grammar grammar) {
        grammar.add(
                Theme.QUEUES, 5, s -> Draft.of("put").with("on", queue(s)).with("value", s.value()), SUSPENDS, BLOCKS);
        grammar.add(Theme.QUEUES, 5, s -> Draft.of("get").with("on", queue(s)), SUSPENDS, BLOCKS);
        grammar.add(
                Theme.QUEUES, 3, s -> Draft.of("putNow").with("on", queue(s)).with("value", s.value()));
        grammar.add(Theme.QUEUES, 2, s -> Draft.of("getNow").with("on", queue(s)));
        grammar.add(Theme.QUEUES, 2, s -> Draft.of("taskDone").with("on", queue(s)));
        grammar.add(Theme.QUEUES, 1, s -> Draft.of("join").with("on", queue(s)), SUSPENDS, BLOCKS);
        grammar.add(Theme.QUEUES, 2, PrimitiveGrammar::each, SUSPENDS, BLOCKS, NESTS);
        grammar.add(Theme.QUEUES, 1, s -> Draft.of("queueState").with("on", queue(s)));
        grammar.add(
                Theme.QUEUES,
                1,
                s -> Draft.of(s.dice().percent(50) ? "shutdown" : "queueState")
                        .with("on", queue(s))
                        .with("now", s.dice().percent(30)));
    }

    private static Draft each(Scope scope) {
        return Draft.of("each")
                .with("on", queue(scope))
                .with("n", scope.dice().between(1, 4))
                .with("body", scope.body(2));
    }

    /** Mostly the same one, so that those who put and those who get meet. */
    private static String queue(Scope scope) {
        return scope.dice().oneOf("q0", "q1", "q1", "q1", "q1", "q2", "q3", "q4");
    }
}
