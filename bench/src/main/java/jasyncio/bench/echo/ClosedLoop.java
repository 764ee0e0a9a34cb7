package jasyncio.bench.echo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;

/**
 * A client: a closed loop, in which every connection asks, waits until all of the answer has come, and asks again.
 *
 * <p>One thread with a selector, which does nothing else. How long it warms up is counted in CPU time of the server, since on a machine that is shared a second says little.
 */
public abstract class ClosedLoop {
    /** It goes on for at most this many times the CPU time that it should take. */
    public static final int PATIENCE = 10;

    private static final long CHECK_NANOS = 20_000_000;
    private static final int SELECT_MILLIS = 100;
    private static final double HALF = 0.5;
    private static final double TAIL = 0.99;

    final Selector selector = Selector.open();
    private final long server;
    private final Latencies latencies = new Latencies();
    private long requests;

    /** @param server the process identifier of the server */
    ClosedLoop(long server) throws IOException {
        this.server = server;
    }

    /** Something that a key of the selector is attached to. */
    interface Ready {
        void goOn(SelectionKey key) throws IOException;
    }

    /** A run of the loop. */
    @FunctionalInterface
    interface Run {
        void run() throws IOException;
    }

    /** Counts an answer. */
    final void answered(long askedAt) {
        latencies.add(System.nanoTime() - askedAt);
        requests++;
    }

    final long requests() {
        return requests;
    }

    /** Measures what happens while {@code run} runs. */
    final EchoSample measure(Run run) throws IOException {
        latencies.clear();
        requests = 0;
        long own = ProcessHandle.current().pid();
        ProcessClock clientBefore = ProcessClock.read(own);
        ProcessClock before = ProcessClock.read(server);
        long start = System.nanoTime();
        run.run();
        long wall = System.nanoTime() - start;
        ProcessClock used = ProcessClock.read(server).since(before);
        ProcessClock client = ProcessClock.read(own).since(clientBefore);
        if (requests == 0) {
            throw new IllegalStateException("The server has answered nothing in " + Duration.ofNanos(wall));
        }
        return new EchoSample(
                requests,
                wall,
                used.userNanos(),
                used.systemNanos(),
                client.nanos(),
                latencies.quantile(HALF),
                latencies.quantile(TAIL));
    }

    /** Goes on until the server has had this much CPU time, at most {@value #PATIENCE} times as long. */
    final void run(Duration cpu) throws IOException {
        long start = System.nanoTime();
        long next = start;
        ProcessClock before = ProcessClock.read(server);
        while (true) {
            long now = System.nanoTime();
            if (now - next >= 0) {
                next = now + CHECK_NANOS;
                if (ProcessClock.read(server).since(before).nanos() >= cpu.toNanos()
                        || now - start >= PATIENCE * cpu.toNanos()) {
                    return;
                }
            }
            select();
        }
    }

    /** Waits for sockets for a moment, and serves those that are ready. */
    final void select() throws IOException {
        selector.select(ClosedLoop::goOn, SELECT_MILLIS);
    }

    private static void goOn(SelectionKey key) {
        try {
            ((Ready) key.attachment()).goOn(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
