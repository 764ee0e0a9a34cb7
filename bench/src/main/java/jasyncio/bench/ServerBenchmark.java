package jasyncio.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A benchmark of servers, with variants that can be asked for by name. */
interface ServerBenchmark {

    /** All of them, in the order in which they run. */
    static List<ServerBenchmark> all() {
        List<ServerBenchmark> all = new ArrayList<>(List.of(Echo.values()));
        all.add(new Connect());
        all.add(new Idle());
        return all;
    }

    /** The name it is asked for by. */
    String group();

    /** The names of its variants. */
    Stream<String> names();

    /** Runs what the options ask for; returns false if a server that is there failed. */
    boolean run(Path scratch, ServerContest contest, ServerBoard board, Options options) throws IOException;

    /** Runs what was asked for of all of them; returns false if a server that is there failed. */
    static boolean runAll(PrintStream out, PrintStream progress, Options options) throws IOException {
        return ServerFiles.whileIn(scratch -> {
            var contest = new ServerContest(scratch, progress, options);
            var board = new ServerBoard(out, !options.quick());
            boolean good = true;
            for (ServerBenchmark benchmark : all()) {
                good &= benchmark.run(scratch, contest, board, options);
            }
            return good;
        });
    }
}
