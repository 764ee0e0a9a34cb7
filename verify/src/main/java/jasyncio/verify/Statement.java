package jasyncio.verify;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement, or another object of a program, with its fields by name.
 *
 * @param json its JSON
 */
record Statement(JsonObject json) {

    static List<Statement> list(JsonArray array) {
        var statements = new ArrayList<Statement>(array.size());
        array.forEach(each -> statements.add(new Statement((JsonObject) each)));
        return statements;
    }

    String op() {
        return text("op");
    }

    boolean has(String field) {
        return json.has(field);
    }

    boolean flag(String field) {
        return json.has(field) && json.get(field).getAsBoolean();
    }

    String text(String field) {
        return json.get(field).getAsString();
    }

    @Nullable
    String textOrNull(String field) {
        return json.has(field) ? text(field) : null;
    }

    int number(String field) {
        return json.get(field).getAsInt();
    }

    /** A field in microseconds. */
    Duration length(String field) {
        return Duration.of(number(field), ChronoUnit.MICROS);
    }

    @Nullable
    Duration lengthOrNull(String field) {
        return json.has(field) ? length(field) : null;
    }

    /** A field in microseconds since the loop's creation. */
    Instant moment(String field) {
        return Instant.EPOCH.plus(length(field));
    }

    /** The statements in a field; none if there is no such field. */
    List<Statement> body(String field) {
        return json.has(field) ? list(json.getAsJsonArray(field)) : List.of();
    }

    Statement object(String field) {
        return new Statement(json.getAsJsonObject(field));
    }

    List<Statement> objects(String field) {
        return list(json.getAsJsonArray(field));
    }

    List<String> texts(String field) {
        return json.getAsJsonArray(field).asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }
}
