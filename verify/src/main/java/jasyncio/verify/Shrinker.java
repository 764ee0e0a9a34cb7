package jasyncio.verify;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a program smaller while it keeps what is wrong with it. */
final class Shrinker {
    /** Fields that a statement does without. */
    private static final List<String> OPTIONAL =
            List.of("safe", "eager", "again", "finally", "outcomes", "context", "group", "now", "text");

    /** Fields that every statement with a body keeps. */
    private static final List<String> BODIES = List.of("body", "handler");

    private static final int MAX_ATTEMPTS = 3000;

    /** Tells whether a program still shows the fault. */
    interface Fault {
        boolean isIn(Program program) throws Exception;
    }

    private final Fault fault;
    private int attempts;

    private Shrinker(Fault fault) {
        this.fault = fault;
    }

    /** Returns the smallest program found that has the fault, as {@code program} has. */
    static Program shrink(Program program, Fault fault) throws Exception {
        return new Shrinker(fault).shrink(program);
    }

    private Program shrink(Program program) throws Exception {
        Program smallest = program;
        boolean progress = true;
        while (progress && attempts < MAX_ATTEMPTS) {
            progress = false;
            for (int number = 0; attempts < MAX_ATTEMPTS; number++) {
                Program candidate = edited(smallest, number);
                if (candidate == null) {
                    break;
                }
                attempts++;
                if (fault.isIn(candidate)) {
                    smallest = candidate;
                    progress = true;
                    number--; // what stood there is gone, something else stands there now
                }
            }
        }
        return smallest;
    }

    /** Applies the edit of that number to a copy; null if there are not so many. */
    private static @Nullable Program edited(Program program, int number) {
        var copy = new Program(program.tree().deepCopy());
        var edits = new ArrayList<Runnable>();
        collect(copy.tree(), edits);
        if (number >= edits.size()) {
            return null;
        }
        edits.get(number).run();
        return copy;
    }

    /** Collects the edits of everything in the tree, the largest first. */
    private static void collect(JsonElement element, List<Runnable> edits) {
        if (element instanceof JsonArray array) {
            removals(array, edits);
            if (holdsStatements(array)) {
                for (int i = 0; i < array.size(); i++) {
                    unwrapping(array, i, edits);
                }
            }
            array.forEach(each -> collect(each, edits));
        } else if (element instanceof JsonObject object) {
            simplifications(object, edits);
            object.entrySet().forEach(each -> collect(each.getValue(), edits));
        }
    }

    private static boolean holdsStatements(JsonArray array) {
        return !array.isEmpty() && array.get(0) instanceof JsonObject first && first.has("op");
    }

    /** Removing halves, quarters and so on, down to single elements. */
    private static void removals(JsonArray array, List<Runnable> edits) {
        for (int length = array.size(); length > 0; length /= 2) {
            for (int from = 0; from + length <= array.size(); from += length) {
                int start = from;
                int count = length;
                edits.add(() -> {
                    for (int i = 0; i < count; i++) {
                        array.remove(start);
                    }
                });
            }
        }
    }

    /** Replacing a statement by a body of it. */
    private static void unwrapping(JsonArray array, int index, List<Runnable> edits) {
        var statement = (JsonObject) array.get(index);
        for (String field : BODIES) {
            if (statement.get(field) instanceof JsonArray body) {
                edits.add(() -> {
                    List<JsonElement> after = new ArrayList<>();
                    while (array.size() > index) {
                        after.add(array.remove(index));
                    }
                    body.forEach(array::add);
                    after.stream().skip(1).forEach(array::add);
                });
            }
        }
    }

    private static void simplifications(JsonObject object, List<Runnable> edits) {
        for (String field : OPTIONAL) {
            if (object.has(field)) {
                edits.add(() -> object.remove(field));
            }
        }
        if (object.has("n") && object.get("n").getAsInt() > 1) {
            edits.add(() -> object.addProperty("n", 1));
        }
        if (object.has("catch") && !object.get("catch").getAsString().equals("any")) {
            edits.add(() -> object.addProperty("catch", "any"));
        }
    }
}
