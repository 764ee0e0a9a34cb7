package jasyncio.verify;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * A statement that is being written.
 *
 * @param json its JSON so far
 */
record Draft(JsonObject json) {

    static Draft of(String op) {
        return new Draft(new JsonObject()).with("op", op);
    }

    String op() {
        return json.get("op").getAsString();
    }

    Draft with(String field, String value) {
        json.addProperty(field, value);
        return this;
    }

    Draft with(String field, int value) {
        json.addProperty(field, value);
        return this;
    }

    Draft with(String field, JsonElement value) {
        json.add(field, value);
        return this;
    }

    /** Sets a flag; one that is false is left out. */
    Draft with(String field, boolean value) {
        if (value) {
            json.addProperty(field, true);
        }
        return this;
    }

    Draft with(String field, Iterable<String> values) {
        var array = new JsonArray();
        values.forEach(array::add);
        return with(field, array);
    }
}
