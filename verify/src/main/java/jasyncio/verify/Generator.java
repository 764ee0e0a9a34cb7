package jasyncio.verify;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Writes the program of a seed. Every program ends: no loop in it is endless, and what waits too long is cancelled. */
final class Generator {
    /** Statements that are never safe: passing an exception on is what they are for, or they have none. */
    private static final Set<String> NEVER_SAFE = Set.of("raise", "return", "log", "try", "repeat", "sleep");

    private final Dice dice;
    private final Map<Theme, Integer> interest = new EnumMap<>(Theme.class);
    private final boolean eager;
    private final int safePercent;
    private int budget;
    private int numbers;

    private Generator(long seed) {
        this.dice = new Dice(seed);
        for (Theme theme : Theme.values()) {
            interest.put(theme, dice.percent(30) ? 1 : 0);
        }
        for (int favourites = dice.between(1, 3); favourites > 0; favourites--) {
            interest.put(dice.oneOf(Theme.values()), 10);
        }
        interest.merge(Theme.CONTROL, 2, Math::max);
        interest.merge(Theme.TASKS, 3, Math::max);
        if (dice.percent(20)) {
            interest.put(Theme.CONTENTION, 4);
        }
        if (dice.percent(20)) {
            interest.put(Theme.FAILURES, 4);
        }
        together(Theme.CALLBACKS, Theme.HANDLES);
        together(Theme.GROUPS, Theme.GROUP_TASKS);
        together(Theme.TIMEOUTS, Theme.RESCHEDULING);
        together(Theme.CONDITIONS, Theme.SIGNALS);
        this.eager = dice.percent(8);
        this.safePercent = dice.oneOf(95, 80, 50);
        this.budget = dice.between(15, 90);
    }

    private void together(Theme one, Theme other) {
        int most = Math.max(interest.getOrDefault(one, 0), interest.getOrDefault(other, 0));
        interest.put(one, most);
        interest.put(other, most);
    }

    static Program generate(long seed) {
        return new Generator(seed).program();
    }

    private Program program() {
        var runs = new JsonArray();
        int count = dice.percent(80) ? 1 : dice.between(2, 3);
        for (int i = 0; i < count; i++) {
            runs.add(run());
        }
        var tree = new JsonObject();
        if (eager) {
            tree.addProperty("eager", true);
        }
        tree.add("runs", runs);
        return new Program(tree);
    }

    /** A run begins with some tasks and futures that the rest is about. */
    private JsonArray run() {
        Scope scope = Scope.outermost(this);
        var statements = new JsonArray();
        for (int i = dice.between(1, 4); i > 0 && budget > 0; i--) {
            statements.add(statement(scope, rule -> rule.is(Rule.Trait.NAMES)));
        }
        statements.addAll(body(scope, dice.between(4, 16)));
        return statements;
    }

    Dice dice() {
        return dice;
    }

    /** Tells whether every task of the program starts at once. */
    boolean eager() {
        return eager;
    }

    int number() {
        return ++numbers;
    }

    JsonArray body(Scope scope, int length) {
        var statements = new JsonArray();
        for (int i = 0; i < length && budget > 0; i++) {
            statements.add(statement(scope, _ -> true));
        }
        return statements;
    }

    private JsonObject statement(Scope scope, Predicate<Rule> allowed) {
        budget--;
        Rule rule = choose(scope, allowed);
        Draft draft = rule.writer().apply(scope);
        int safe = scope.depth() == 0 ? 97 : safePercent;
        if (!NEVER_SAFE.contains(draft.op())) {
            draft.with("safe", dice.percent(safe));
        }
        boolean limited = rule.is(Rule.Trait.BLOCKS) && dice.percent(scope.depth() == 0 ? 70 : 20);
        return (limited ? limited(scope, draft) : draft).json();
    }

    /** Puts a limit on what might wait for ever. */
    private Draft limited(Scope scope, Draft draft) {
        var body = new JsonArray();
        body.add(draft.json());
        return Draft.of("timeout")
                .with("as", "x" + dice.below(4))
                .with("us", dice.between(1, 20) * 1000)
                .with("body", body)
                .with("safe", dice.percent(scope.depth() == 0 ? 97 : safePercent));
    }

    private Rule choose(Scope scope, Predicate<Rule> allowed) {
        List<Rule> rules = new ArrayList<>();
        List<Integer> weights = new ArrayList<>();
        int total = 0;
        for (Rule rule : Grammar.RULES) {
            int weight = rule.weight() * interest.getOrDefault(rule.theme(), 0) * rule.chance(scope);
            if (weight > 0 && allowed.test(rule)) {
                rules.add(rule);
                weights.add(weight);
                total += weight;
            }
        }
        int choice = dice.below(total);
        int i = 0;
        while (choice >= weights.get(i)) {
            choice -= weights.get(i);
            i++;
        }
        return rules.get(i);
    }
}
