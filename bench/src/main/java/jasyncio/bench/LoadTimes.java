package jasyncio.bench;

import jasyncio.bench.echo.EchoSample;
import java.time.Duration;
import java.util.List;

/** How long a server is put under load, in CPU time of the server. */
record LoadTimes(Duration warmUp, Duration measured) {

    /** @param quick whether to run for a moment only, to see that it works */
    static LoadTimes of(ServerPeer peer, boolean quick) {
        Duration slow = peer.compiled() ? Duration.ofSeconds(6) : Duration.ofMillis(500);
        return quick
                ? new LoadTimes(Duration.ofMillis(200), Duration.ofMillis(300))
                : new LoadTimes(slow, Duration.ofMillis(1_500));
    }

    /** What the client measured, which it printed among these lines. */
    static EchoSample sample(List<String> lines, RunningServer server) throws ChildFailedException {
        return EchoSample.find(lines)
                .orElseThrow(() -> new ChildFailedException("The client measured nothing: "
                        + String.join("\n    ", lines) + "\n  server: " + server.errors()));
    }
}
