package jasyncio.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The interpreter of programs on CPython, a child process that lives until this is closed. */
final class CPython implements AutoCloseable {
    private final Process process;
    private final Writer requests;
    private final BufferedReader replies;

    /** The programs that were sent and not answered, in order. */
    private final Queue<CompletableFuture<List<String>>> waiting = new ConcurrentLinkedQueue<>();

    CPython(Path python) throws IOException {
        Path script = Path.of(System.getProperty("jasyncio.verify.home", "."), "src/main/python/oracle.py");
        process = new ProcessBuilder(python.toString(), "-B", script.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        requests = process.outputWriter(UTF_8);
        replies = process.inputReader(UTF_8);
        Thread.ofVirtual().name("replies of CPython").start(this::read);
    }

    /** Sends a program; the future gets its trace. */
    CompletableFuture<List<String>> trace(Program program) throws IOException {
        var reply = new CompletableFuture<List<String>>();
        waiting.add(reply);
        requests.write(program + "\n");
        requests.flush();
        return reply;
    }

    private void read() {
        try {
            String line;
            while ((line = replies.readLine()) != null) {
                waiting.remove().complete(lines(line));
            }
            fail(new IOException("CPython has ended; its last words are on stderr"));
        } catch (IOException e) {
            fail(e);
        }
    }

    private void fail(IOException e) {
        CompletableFuture<List<String>> reply;
        while ((reply = waiting.poll()) != null) {
            reply.completeExceptionally(e);
        }
    }

    private static List<String> lines(String json) {
        JsonArray lines = JsonParser.parseString(json).getAsJsonArray();
        return lines.asList().stream().map(JsonElement::getAsString).toList();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
