package jasyncio.bench;

import jasyncio.bench.ServerBoard.Match;
import jasyncio.bench.ServerBoard.Rival;
import jasyncio.bench.echo.ClosedLoop;
import jasyncio.bench.echo.ConnectLoad;
import jasyncio.bench.echo.EchoSample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Short connections: the client connects and sends a line, the server answers with a line and closes. */
final class Connect implements ServerBenchmark {
    private static final String GROUP = "connect";
    private static final int AT_A_TIME = 50;
    private static final int MEASURED = 20_000;
    private static final int MEASURED_QUICK = 500;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final double BAR = 1.15;

    @Override
    public String group() {
        return GROUP;
    }

    @Override
    public Stream<String> names() {
        return ServerPeers.ENGINES.stream().map(Connect::name);
    }

    private static String name(String engine) {
        return GROUP + "-" + engine;
    }

    @Override
    public boolean run(Path scratch, ServerContest contest, ServerBoard board, Options options) {
        List<String> engines = ServerPeers.ENGINES.stream()
                .filter(engine -> options.wants(GROUP) || options.names().contains(name(engine)))
                .toList();
        if (engines.isEmpty()) {
            return true;
        }
        int measured = options.quick() ? MEASURED_QUICK : MEASURED;
        ServerResults<EchoSample> results = contest.run(
                GROUP,
                peers(engines),
                (peer, server) -> load(peer, server, measured, options.quick()),
                sample -> String.format(Locale.ROOT, "%.2f CPU us/connection", sample.cpuMicros()));
        String title = "connect: %,d connections, %d at a time, each for a line there and a line back"
                .formatted(measured, AT_A_TIME);
        board.print(title, "connections", results, matches(engines));
        return results.failures().isEmpty();
    }

    private static List<ServerPeer> peers(List<String> engines) {
        List<ServerPeer> peers = new ArrayList<>();
        for (String engine : engines) {
            peers.add(ServerPeers.nettyLine(engine));
            peers.add(ServerPeers.line(engine));
        }
        peers.addAll(ServerPeers.otherLines());
        return peers;
    }

    private static EchoSample load(ServerPeer peer, RunningServer server, int measured, boolean quick)
            throws IOException, InterruptedException, ChildFailedException {
        Duration warmUp = LoadTimes.of(peer, quick).warmUp();
        List<String> lines = server.runClient(
                LIMIT.plus(warmUp.multipliedBy(ClosedLoop.PATIENCE)),
                ConnectLoad.class,
                server.port(),
                Long.toString(server.pid()),
                Integer.toString(AT_A_TIME),
                Long.toString(warmUp.toMillis()),
                Integer.toString(measured));
        return LoadTimes.sample(lines, server);
    }

    private static List<Match> matches(List<String> engines) {
        List<Match> matches = new ArrayList<>();
        for (String engine : engines) {
            if (engine.equals(ServerPeers.DEFAULT_ENGINE)) {
                matches.add(match(GROUP, engine));
            }
            matches.add(match(name(engine), engine));
        }
        return matches;
    }

    private static Match match(String name, String engine) {
        List<Rival> rivals = new ArrayList<>();
        rivals.add(new Rival("netty", ServerPeers.netty(engine), OptionalDouble.of(BAR)));
        for (ServerPeer peer : ServerPeers.otherLines()) {
            rivals.add(new Rival(peer.name(), peer.name(), OptionalDouble.empty()));
        }
        return new Match(name, ServerPeers.ours("line", engine), rivals);
    }
}
