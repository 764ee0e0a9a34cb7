package jasyncio.bench;

import jasyncio.bench.echo.IdleClients;
import jasyncio.bench.echo.MemoryUse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What a connection on which nothing happens takes of the server's memory: the difference between some connections and many more, so that what is there once does not count. */
final class Idle implements ServerBenchmark {
    private static final String GROUP = "idle";
    private static final int SOME = 1_000;
    private static final int MORE = 10_000;
    private static final int SOME_QUICK = 100;
    private static final int MORE_QUICK = 300;
    private static final double BAR = 4_096;

    @Override
    public String group() {
        return GROUP;
    }

    @Override
    public Stream<String> names() {
        return ServerPeers.ENGINES.stream()
                .flatMap(engine -> ServerPeers.FORMS.stream().map(form -> name(form, engine)));
    }

    private static String name(String form, String engine) {
        return GROUP + "-" + ServerPeers.ours(form, engine);
    }

    /** Bytes per connection. */
    private record Sample(double heap, double direct, double resident) {
        static Sample of(MemoryUse before, MemoryUse after, int connections) {
            return new Sample(
                    (double) (after.heap() - before.heap()) / connections,
                    (double) (after.direct() - before.direct()) / connections,
                    (double) (after.resident() - before.resident()) / connections);
        }

        double counted() {
            return heap + direct;
        }
    }

    @Override
    public boolean run(Path scratch, ServerContest contest, ServerBoard board, Options options) {
        boolean good = true;
        for (String engine : ServerPeers.ENGINES) {
            List<String> forms = ServerPeers.FORMS.stream()
                    .filter(form -> options.wants(GROUP) || options.names().contains(name(form, engine)))
                    .toList();
            if (!forms.isEmpty()) {
                good &= run(contest, board, engine, forms, options.quick());
            }
        }
        return good;
    }

    private static boolean run(
            ServerContest contest, ServerBoard board, String engine, List<String> forms, boolean quick) {
        List<ServerPeer> peers = new ArrayList<>();
        peers.add(ServerPeers.nettyEcho(engine));
        forms.forEach(form -> peers.add(ServerPeers.echo(form, engine)));
        int more = quick ? MORE_QUICK : MORE;
        ServerResults<Sample> results = contest.run(
                GROUP,
                peers,
                (_, server) -> measure(server, quick ? SOME_QUICK : SOME, more),
                sample -> String.format(Locale.ROOT, "%.0f bytes/connection", sample.counted()));
        print(board, engine, forms, more, results);
        return results.failures().isEmpty();
    }

    private static Sample measure(RunningServer server, int some, int more)
            throws IOException, InterruptedException, ChildFailedException {
        Process clients =
                server.startClient(IdleClients.class, server.port(), Integer.toString(some), Integer.toString(more));
        try {
            await(clients, some);
            MemoryUse before = MemoryUse.parse(server.ask(MemoryUse.QUESTION, MemoryUse.MARK));
            RunningServer.tell(clients, "more");
            await(clients, some + more);
            MemoryUse after = MemoryUse.parse(server.ask(MemoryUse.QUESTION, MemoryUse.MARK));
            return Sample.of(before, after, more);
        } finally {
            clients.destroyForcibly();
        }
    }

    private static void await(Process clients, int connections)
            throws IOException, InterruptedException, ChildFailedException {
        String line = RunningServer.line(clients.inputReader());
        if (!line.equals(IdleClients.MARK + connections)) {
            throw new ChildFailedException("The clients said '%s' instead of being connected".formatted(line));
        }
    }

    private static void print(
            ServerBoard board, String engine, List<String> forms, int connections, ServerResults<Sample> results) {
        board.line("");
        board.line(
                "idle: bytes per connection, of %,d that have echoed one message and wait for the next one",
                connections);
        board.line("  %-18s %9s %9s %13s %9s", "server", "heap", "direct", "heap+direct", "resident");
        for (String server : results.servers()) {
            board.line(
                    "  %-18s %9.0f %9.0f %13.0f %9.0f",
                    server,
                    median(results, server, Sample::heap),
                    median(results, server, Sample::direct),
                    median(results, server, Sample::counted),
                    median(results, server, Sample::resident));
        }
        board.troubles(results);
        forms.forEach(form -> ratio(board, form, engine, results));
    }

    private static double median(ServerResults<Sample> results, String server, ToDoubleFunction<Sample> figure) {
        return results.median(server, figure).orElse(Double.NaN);
    }

    private static void ratio(ServerBoard board, String form, String engine, ServerResults<Sample> results) {
        double ours = median(results, ServerPeers.ours(form, engine), Sample::counted);
        double theirs = median(results, ServerPeers.netty(engine), Sample::counted);
        if (!Double.isNaN(ours - theirs)) {
            board.line("ratio %s netty %.0f %.0f %.3f", name(form, engine), ours, theirs, ours / theirs);
            board.excess(name(form, engine), BAR, ours - theirs);
        }
    }
}
