package jasyncio.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A program and what CPython did with it.
 *
 * @param trace CPython's trace
 */
record Recording(Program program, List<String> trace) {

    /** Writes recordings, one on a line, compressed. */
    static void write(List<Recording> recordings, OutputStream out) throws IOException {
        try (Writer writer = new OutputStreamWriter(new GZIPOutputStream(out), UTF_8)) {
            for (Recording recording : recordings) {
                var trace = new JsonArray();
                recording.trace.forEach(trace::add);
                var json = new JsonObject();
                json.add("program", recording.program.tree());
                json.add("trace", trace);
                writer.write(json + "\n");
            }
        }
    }

    static List<Recording> read(InputStream in) throws IOException {
        try (var reader = new BufferedReader(new InputStreamReader(new GZIPInputStream(in), UTF_8))) {
            return reader.lines().map(Recording::parse).toList();
        }
    }

    private static Recording parse(String line) {
        JsonObject json = JsonParser.parseString(line).getAsJsonObject();
        List<JsonElement> trace = json.getAsJsonArray("trace").asList();
        return new Recording(
                new Program(json.getAsJsonObject("program")),
                trace.stream().map(JsonElement::getAsString).toList());
    }
}
