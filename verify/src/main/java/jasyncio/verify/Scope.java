package jasyncio.verify;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the generator writes statements: a body, with the names that have a meaning there.
 *
 * <p>Futures have names with ranks, {@code r0} to {@code r15}. A body that is to complete a name awaits only names of a lower rank, so no
 * task ever awaits itself by way of others, which neither CPython nor jasyncio could cancel.
 */
final class Scope {
    static final int MAX_RANK = 16;
    static final int MAX_DEPTH = 6;

    private final Generator generator;
    private final @Nullable Scope parent;
    private final int depth;
    private final int rank;
    private final boolean suspends;
    private final Map<String, List<String>> names = new HashMap<>();

    private Scope(Generator generator, @Nullable Scope parent, int depth, int rank, boolean suspends) {
        this.generator = generator;
        this.parent = parent;
        this.depth = depth;
        this.rank = rank;
        this.suspends = suspends;
    }

    /** The body of a run. */
    static Scope outermost(Generator generator) {
        return new Scope(generator, null, 0, MAX_RANK, true);
    }

    Generator generator() {
        return generator;
    }

    Dice dice() {
        return generator.dice();
    }

    int depth() {
        return depth;
    }

    int rank() {
        return rank;
    }

    /** Tells whether the statements may suspend: not those of a callback. */
    boolean suspends() {
        return suspends;
    }

    // ---- names

    /** Gives a name a meaning in this body and those in it, and if {@code everywhere} in those around it. */
    private void declare(String family, String name, boolean everywhere) {
        for (Scope scope = this; scope != null; scope = everywhere ? scope.parent : null) {
            scope.names.computeIfAbsent(family, _ -> new ArrayList<>()).add(name);
        }
    }

    private List<String> visible(String family) {
        var visible = new ArrayList<String>();
        for (Scope scope = this; scope != null; scope = scope.parent) {
            visible.addAll(scope.names.getOrDefault(family, List.of()));
        }
        return visible;
    }

    boolean sees(String family) {
        return !visible(family).isEmpty();
    }

    /** A name for a future that the body creates. */
    String newFuture() {
        int first = rank >= MAX_RANK ? rank / 2 : Math.max(0, rank - 6);
        String name = "r" + (rank == 0 ? 0 : dice().between(first, rank - 1));
        declare("r", name, suspends);
        return name;
    }

    /** A name of a family such as {@code h}, for handles, to be given a meaning. */
    String newName(String family) {
        String name = family + dice().below(3);
        declare(family, name, suspends);
        return name;
    }

    /** The name of a future that the body may await. */
    String awaitableFuture() {
        List<String> candidates =
                visible("r").stream().filter(name -> rankOf(name) < rank).toList();
        return candidates.isEmpty() ? "nobody" : dice().oneOf(candidates);
    }

    /** The name of any future. */
    String future() {
        return dice().percent(90) ? name("r") : "r" + dice().below(MAX_RANK);
    }

    List<String> futures() {
        return IntStream.range(0, dice().between(1, 4)).mapToObj(_ -> future()).toList();
    }

    /** A name of a family that probably has a meaning. */
    String name(String family) {
        List<String> candidates = visible(family);
        return candidates.isEmpty() ? family + "0" : dice().oneOf(candidates);
    }

    static int rankOf(String name) {
        return Integer.parseInt(name.substring(1));
    }

    // ---- bodies

    /** A body in the same task. */
    JsonArray body(int most) {
        return generator.body(new Scope(generator, this, depth + 1, rank, suspends), dice().between(1, most));
    }

    /** A body in the same task, in which a name of a family has a meaning. */
    JsonArray bodyWith(String family, String name, int most) {
        var inner = new Scope(generator, this, depth + 1, rank, suspends);
        inner.declare(family, name, false);
        return generator.body(inner, dice().between(1, most));
    }

    /** The body of the task with that name. */
    JsonArray taskBody(String name) {
        return generator.body(new Scope(generator, this, depth + 1, rankOf(name), true), dice().between(1, 6));
    }

    /** The body of a callback. */
    JsonArray callback() {
        return generator.body(new Scope(generator, this, depth + 2, rank, false), dice().between(0, 3));
    }

    /** A future by name, or a body to become a task; awaiting it is waiting for what {@code limit} may. */
    JsonObject source(int limit) {
        var json = new JsonObject();
        var inner = new Scope(generator, this, depth + 1, limit, true);
        String name = inner.awaitableFuture();
        if (dice().percent(60) && !name.equals("nobody")) {
            json.addProperty("ref", name);
        } else {
            json.add("body", generator.body(inner, dice().between(1, 4)));
        }
        return json;
    }

    // ---- values

    /** A length of time in microseconds: often equal ones, sometimes none. */
    int micros() {
        return switch (dice().below(12)) {
            case 0 -> 0;
            case 1 -> dice().percent(40) ? -1000 : 100;
            case 2, 3 -> dice().between(1, 120) * 100;
            default -> dice().between(1, 8) * 1000;
        };
    }

    int value() {
        return dice().between(1, 9);
    }

    /** A text with a number that makes it easy to find. */
    String text(String base) {
        return base + generator.number();
    }
}
