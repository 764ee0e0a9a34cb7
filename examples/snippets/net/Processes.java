import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.*;

import jasyncio.net.*;

void main() throws IOException {
    run(() -> {
        // all at once: input in, output out
        try (var sort = createSubprocessExec("sort", "-r")) {
            var output = sort.communicate("a\nc\nb\n".getBytes(UTF_8));
            println(new String(output.stdout(), UTF_8).replace("\n", " ") + "and exit code " + sort.await());
        }

        // a conversation, line by line
        try (var upper = createSubprocessExec("sh", "-c", "while read line; do echo \"<$line>\"; done")) {
            for (String word : List.of("one", "two")) {
                upper.stdin().write(word + "\n");
                upper.stdin().drain();
                println(upper.stdout().readLine());
            }
            upper.stdin().startClosing();
            println("ended with " + upper.await());
        }

        // through the shell; what comes from outside goes into its environment, not into the command line
        try (var shell = createSubprocessShell("echo oops >&2; exit 3")) {
            var output = shell.communicate();
            println(new String(output.stderr(), UTF_8).strip() + ", exit code " + shell.await());
        }

        // a time limit: leaving the try kills it
        try (var sleeper = createSubprocessExec("sleep", "60")) {
            timeout(ofMillis(100), () -> sleeper.await());
        } catch (TimeoutException e) {
            println("killed after 100 ms");
        }

        // the JDK's options
        var builder = new ProcessBuilder("sh", "-c", "echo $GREETING; pwd").directory(new File("/"));
        builder.environment().put("GREETING", "hello");
        try (var p = createSubprocessExec(builder)) {
            for (String line : p.stdout().lines()) {
                println(line);
            }
        }

        try {
            createSubprocessExec("no-such-program");
        } catch (IOException e) {
            println(e.getMessage());
        }
    });
}
