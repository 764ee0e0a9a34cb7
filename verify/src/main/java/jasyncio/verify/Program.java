package jasyncio.verify;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;

/**
 * A program: one list of statements for each run of the loop, {@code {"runs": [[{"op": …}, …], …]}}. With {@code "eager": true} every
 * task starts at once. Never modified.
 *
 * @param tree its JSON
 */
record Program(JsonObject tree) {

    static Program parse(String json) {
        return new Program(JsonParser.parseString(json).getAsJsonObject());
    }

    /** Tells whether its loop starts every task at once. */
    boolean eager() {
        return tree.has("eager");
    }

    List<List<Statement>> runs() {
        var runs = new ArrayList<List<Statement>>();
        tree.getAsJsonArray("runs").forEach(run -> runs.add(Statement.list((JsonArray) run)));
        return runs;
    }

    /** The JSON on one line. */
    @Override
    public String toString() {
        return tree.toString();
    }
}
