package jasyncio.verify;

import static jasyncio.verify.Rule.Trait.NESTS;
import static jasyncio.verify.Rule.Trait.SUSPENDS;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The rule for scenes in which several tasks wait for the same thing, and what they wait for comes at the moment in which some of them are
 * cancelled: where primitives lose a wakeup, if they do.
 */
final class ContentionGrammar {
    private ContentionGrammar() {}

    static void addTo(Grammar grammar) {
        grammar.add(Theme.CONTENTION, 10, ContentionGrammar::scene, SUSPENDS, NESTS);
    }

    /** What is contended for: how a task waits for it, and how others let it go on. */
    private enum Subject {
        LOCK("holding", "l0 l1", "release"),
        SEMAPHORE("holding", "s0 s1 s2 s3", "release"),
        CONDITION("condition", "c0 c1", "signal"),
        EVENT("eventWait", "e0 e1", "eventSet eventSet eventClear"),
        GETTER("get", "q0 q1 q3 q4", "putNow putNow putNow shutdown"),
        PUTTER("put", "q1 q1 q2", "getNow getNow getNow shutdown"),
        JOINER("join", "q0 q2", "taskDone taskDone getNow putNow shutdown"),
        BARRIER("barrierWait", "b0 b1", "barrierReset barrierState"),
        FUTURE("await", "f0", "set fail cancel");

        private final String waits;
        private final String names;
        private final String triggers;

        Subject(String waits, String names, String triggers) {
            this.waits = waits;
            this.names = names;
            this.triggers = triggers;
        }

        List<String> names() {
            return List.of(names.split(" "));
        }

        List<String> triggers() {
            return List.of(triggers.split(" "));
        }
    }

    private static Draft scene(Scope scope) {
        Subject subject = scope.dice().oneOf(Subject.values());
        String on = scope.dice().oneOf(subject.names());
        var body = new JsonArray();
        var tasks = new ArrayList<String>();
        prepare(scope, subject, on, body);
        for (int i = scope.dice().between(2, 4); i > 0; i--) {
            body.add(spawn(scope, subject, on, tasks).json());
        }
        body.add(pause(scope).json());
        for (int i = scope.dice().between(3, 8); i > 0; i--) {
            body.add(happening(scope, subject, on, tasks).json());
        }
        return Draft.of("call").with("body", body);
    }

    /** Makes what the tasks want unavailable. */
    private static void prepare(Scope scope, Subject subject, String on, JsonArray body) {
        switch (subject) {
            case LOCK, SEMAPHORE ->
                body.add(limited(safe(Draft.of("acquire").with("on", on))).json());
            case PUTTER, JOINER ->
                body.add(safe(Draft.of("putNow").with("on", on).with("value", scope.value()))
                        .json());
            case FUTURE -> body.add(Draft.of("future").with("to", on).json());
            case CONDITION, EVENT, GETTER, BARRIER -> {}
        }
    }

    private static Draft limited(Draft draft) {
        var body = new JsonArray();
        body.add(draft.json());
        return safe(Draft.of("timeout").with("as", "x3").with("us", 2000).with("body", body));
    }

    private static Draft safe(Draft draft) {
        return draft.with("safe", true);
    }

    private static Draft spawn(Scope scope, Subject subject, String on, List<String> tasks) {
        String name = scope.newFuture();
        tasks.add(name);
        var body = new JsonArray();
        body.add(waiting(scope, subject, on).json());
        if (scope.dice().percent(40)) {
            body.add(waiting(scope, subject, on).json());
        }
        return Draft.of("spawn")
                .with("to", name)
                .with("eager", scope.dice().percent(15))
                .with("body", body);
    }

    private static Draft waiting(Scope scope, Subject subject, String on) {
        Draft waiting = switch (subject) {
            case LOCK, SEMAPHORE -> Draft.of("holding").with("on", on).with("body", perhapsPause(scope));
            case CONDITION -> holdingCondition(scope, on);
            case PUTTER -> Draft.of(subject.waits).with("on", on).with("value", scope.value());
            case FUTURE -> awaiting(scope, on);
            case EVENT, GETTER, JOINER, BARRIER -> Draft.of(subject.waits).with("on", on);
        };
        safe(waiting);
        return scope.dice().percent(25) ? guarded(scope, waiting) : waiting;
    }

    private static Draft awaiting(Scope scope, String on) {
        int micros = scope.dice().between(0, 2) * 1000;
        return switch (scope.dice().below(4)) {
            case 0 -> {
                var source = new JsonObject();
                source.addProperty("ref", on);
                yield Draft.of("waitFor").with("of", source).with("us", micros);
            }
            case 1 ->
                Draft.of("wait").with("of", List.of(on)).with("when", "all").with("us", micros);
            default -> Draft.of("await").with("on", on);
        };
    }

    private static Draft holdingCondition(Scope scope, String on) {
        var body = new JsonArray();
        body.add(safe(Draft.of("conditionWait").with("on", on)).json());
        perhapsPause(scope).forEach(body::add);
        return Draft.of("holding").with("on", on).with("body", body);
    }

    private static JsonArray perhapsPause(Scope scope) {
        var body = new JsonArray();
        if (scope.dice().percent(50)) {
            body.add(pause(scope).json());
        }
        return body;
    }

    /** Survives a cancellation. */
    private static Draft guarded(Scope scope, Draft draft) {
        var body = new JsonArray();
        body.add(draft.json());
        return Draft.of("try").with("body", body).with("catch", "cancelled").with("handler", perhapsPause(scope));
    }

    private static Draft pause(Scope scope) {
        return Draft.of("sleep")
                .with("us", scope.dice().percent(70) ? 0 : scope.dice().between(1, 2) * 1000);
    }

    private static Draft happening(Scope scope, Subject subject, String on, List<String> tasks) {
        return switch (scope.dice().below(10)) {
            case 0, 1, 2, 3 -> trigger(scope, subject, on);
            case 4, 5, 6 ->
                Draft.of("cancel").with("on", scope.dice().oneOf(tasks)).with("text", scope.text("c"));
            case 7 -> spawn(scope, subject, on, tasks);
            default -> pause(scope);
        };
    }

    private static Draft trigger(Scope scope, Subject subject, String on) {
        Draft trigger = Draft.of(scope.dice().oneOf(subject.triggers())).with("on", on);
        switch (trigger.op()) {
            case "signal" -> {
                var body = new JsonArray();
                body.add(trigger.with("n", scope.dice().between(1, 2)).json());
                return limited(Draft.of("holding").with("on", on).with("body", body));
            }
            case "putNow", "set" -> trigger.with("value", scope.value());
            case "shutdown" -> trigger.with("now", scope.dice().percent(40));
            case "fail" -> trigger.with("text", scope.text("f"));
            default -> {}
        }
        return safe(trigger);
    }
}
