package jasyncio.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs programs on both sides, CPython some programs ahead. */
final class Comparison implements AutoCloseable {
    private static final int AHEAD = 32;
    private static final int PATIENCE_SECONDS = 60;

    /** What both sides did with a program. */
    record Result(Program program, List<String> expected, List<String> actual) {
        boolean differs() {
            return !expected.equals(actual);
        }
    }

    /** Is told of each result. */
    interface Listener {
        void compared(long seed, Result result) throws Exception;
    }

    private record Sent(long seed, Program program, Future<List<String>> reply) {}

    private final Path python;
    private final Here here = new Here();
    private final ArrayDeque<Sent> sent = new ArrayDeque<>();
    private CPython there;

    Comparison(Path python) throws IOException {
        this.python = python;
        this.there = new CPython(python);
    }

    /** Runs the programs of some seeds. */
    void compare(long firstSeed, int count, Listener listener) throws Exception {
        long end = firstSeed + count;
        for (long seed = firstSeed; seed < end || !sent.isEmpty(); seed++) {
            if (seed < end) {
                send(seed, Generator.generate(seed));
            }
            if (sent.size() > AHEAD || seed >= end) {
                Sent oldest = sent.remove();
                listener.compared(oldest.seed, result(oldest.program, oldest.reply));
            }
        }
    }

    /** Runs one program. */
    Result compare(Program program) throws Exception {
        return result(program, there.trace(program));
    }

    private void send(long seed, Program program) throws IOException {
        sent.add(new Sent(seed, program, there.trace(program)));
    }

    private Result result(Program program, Future<List<String>> reply) throws Exception {
        List<String> actual = here.trace(program);
        return new Result(program, expected(reply), actual);
    }

    private List<String> expected(Future<List<String>> reply) throws Exception {
        try {
            return reply.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            restart();
            return List.of("hangs: does not answer within " + PATIENCE_SECONDS + " s");
        } catch (ExecutionException e) {
            restart();
            return List.of("crashes: " + e.getCause());
        }
    }

    /** Starts CPython anew, and sends again what it still owes. */
    private void restart() throws IOException {
        there.close();
        there = new CPython(python);
        List<Sent> owed = List.copyOf(sent);
        sent.clear();
        for (Sent each : owed) {
            send(each.seed, each.program);
        }
    }

    @Override
    public void close() {
        there.close();
        here.close();
    }
}
