package jasyncio.bench;

import jasyncio.bench.ServerBoard.Match;
import jasyncio.bench.ServerBoard.Rival;
import jasyncio.bench.echo.ClosedLoop;
import jasyncio.bench.echo.EchoLoad;
import jasyncio.bench.echo.EchoSample;
import jasyncio.bench.echo.TlsEchoLoad;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The echo benchmarks: servers that send back what they receive, in plain text with few or many connections, or encrypted. All servers are measured with one size of message, then the
 * next size follows.
 */
enum Echo implements ServerBenchmark {
    PLAIN("echo", 50, "", "echo"),
    MANY("echo-1000", 1_000, "-1000", "echo"),
    TLS("tls-echo", 50, "", "tls-echo"),
    NATIVE_TLS("tls-echo-native", 50, "", "tls-echo-native");

    private static final List<Integer> KIBIBYTES = List.of(1, 10, 100);
    private static final Duration SLACK = Duration.ofSeconds(60);

    private final String group;
    private final int connections;
    private final String suffix;
    private final String start;
    private final boolean tls;

    /** @param start what the names of its variants begin with */
    Echo(String group, int connections, String suffix, String start) {
        this.group = group;
        this.connections = connections;
        this.suffix = suffix;
        this.start = start;
        this.tls = start.startsWith("tls");
    }

    /** One of our servers, with one size of message. */
    private record Variant(String name, String form, String engine, int kibibytes) {}

    @Override
    public String group() {
        return group;
    }

    @Override
    public Stream<String> names() {
        return KIBIBYTES.stream().flatMap(this::variants).map(Variant::name);
    }

    private Stream<Variant> variants(int kibibytes) {
        return ServerPeers.ENGINES.stream()
                .flatMap(engine -> ServerPeers.FORMS.stream()
                        .map(form -> new Variant(
                                start + "-" + form + "-" + engine + "-" + kibibytes + suffix,
                                form,
                                engine,
                                kibibytes)));
    }

    /** TLS costs the same on every engine: the others are measured when they are asked for by name. */
    private boolean isWanted(Variant variant, Options options) {
        return options.names().contains(variant.name)
                || (options.wants(group) && (!tls || variant.engine.equals(ServerPeers.DEFAULT_ENGINE)));
    }

    @Override
    public boolean run(Path scratch, ServerContest contest, ServerBoard board, Options options) {
        boolean good = true;
        for (int size : KIBIBYTES) {
            List<Variant> wanted =
                    variants(size).filter(variant -> isWanted(variant, options)).toList();
            if (!wanted.isEmpty()) {
                good &= run(contest, board, size, wanted, options.quick());
            }
        }
        return good;
    }

    private boolean run(
            ServerContest contest, ServerBoard board, int kibibytes, List<Variant> variants, boolean quick) {
        ServerResults<EchoSample> results = contest.run(
                "%s %d KiB".formatted(group, kibibytes),
                peers(variants),
                (peer, server) -> load(peer, server, kibibytes * 1024, quick),
                sample -> String.format(Locale.ROOT, "%.2f CPU us/request", sample.cpuMicros()));
        String title = "%s: %d connections, messages of %d KiB, one request at a time on each"
                .formatted(group, connections, kibibytes);
        List<Match> matches = variants.stream().map(this::match).toList();
        board.print(title, "requests", results, matches);
        return results.failures().isEmpty();
    }

    private List<ServerPeer> peers(List<Variant> variants) {
        List<ServerPeer> peers = new ArrayList<>();
        for (String engine : ServerPeers.ENGINES) {
            List<ServerPeer> ours = variants.stream()
                    .filter(variant -> variant.engine.equals(engine))
                    .map(variant -> ServerPeers.echo(variant.form, engine))
                    .toList();
            if (!ours.isEmpty()) {
                peers.add(ServerPeers.nettyEcho(engine));
                peers.addAll(ours);
            }
        }
        if (tls) {
            return peers.stream().map(this::secured).toList();
        }
        peers.addAll(ServerPeers.otherEchoes());
        return peers;
    }

    private ServerPeer secured(ServerPeer plain) {
        return this == NATIVE_TLS ? ServerPeers.nativelySecure(plain) : ServerPeers.secure(plain);
    }

    private EchoSample load(ServerPeer peer, RunningServer server, int size, boolean quick)
            throws IOException, InterruptedException, ChildFailedException {
        LoadTimes times = LoadTimes.of(peer, quick);
        Class<? extends ClosedLoop> client = tls ? TlsEchoLoad.class : EchoLoad.class;
        List<String> lines = server.runClient(
                times.warmUp()
                        .plus(times.measured())
                        .multipliedBy(ClosedLoop.PATIENCE)
                        .plus(SLACK),
                client,
                server.port(),
                Long.toString(server.pid()),
                Integer.toString(connections),
                Integer.toString(size),
                Long.toString(times.warmUp().toMillis()),
                Long.toString(times.measured().toMillis()));
        return LoadTimes.sample(lines, server);
    }

    private Match match(Variant variant) {
        List<Rival> rivals = new ArrayList<>();
        rivals.add(new Rival("netty", ServerPeers.netty(variant.engine), barToNetty(variant)));
        for (ServerPeer peer : ServerPeers.otherEchoes()) {
            rivals.add(new Rival(peer.name(), peer.name(), bar(variant, peer.name())));
        }
        return new Match(variant.name, ServerPeers.ours(variant.form, variant.engine), rivals);
    }

    private OptionalDouble barToNetty(Variant variant) {
        if (tls) {
            return variant.kibibytes == 10 ? OptionalDouble.of(1.15) : OptionalDouble.empty();
        }
        if (!variant.form.equals("copying")) {
            return OptionalDouble.of(1.10);
        }
        return switch (variant.kibibytes) {
            case 1 -> OptionalDouble.of(1.15);
            case 100 -> OptionalDouble.of(1.6);
            default -> OptionalDouble.empty();
        };
    }

    private static OptionalDouble bar(Variant variant, String peer) {
        boolean copying = variant.form.equals("copying");
        if (peer.equals("go")) {
            return !copying
                    ? OptionalDouble.of(1.0)
                    : variant.kibibytes < 100 ? OptionalDouble.of(1.15) : OptionalDouble.empty();
        }
        return copying && variant.kibibytes != 10 && peer.equals("uvloop-streams")
                ? OptionalDouble.of(0.75)
                : OptionalDouble.empty();
    }
}
