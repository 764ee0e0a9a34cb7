package jasyncio.bench;

import jasyncio.bench.peer.Plan;
import java.time.Duration;
import java.util.List;

/**
 * One line of the catalogue: a work, who does it, and how it is measured.
 *
 * @param name the name in tables and ratio lines
 * @param group the name it is asked for by on the command line
 * @param title what is measured, for the table's head
 * @param measure what the ratios compare
 * @param peers who does it, jasyncio first
 * @param bars the bars for jasyncio
 * @param jvmFlags flags that every JVM among the peers gets
 * @param rounds how often each peer is measured if nobody says otherwise
 * @param plan the measured work
 * @param quickPlan the same with few operations, to see that it works
 * @param limit how long one child process may take
 */
record Benchmark(
        String name,
        String group,
        String title,
        Measure measure,
        List<Peer> peers,
        List<Bar> bars,
        List<String> jvmFlags,
        int rounds,
        Plan plan,
        Plan quickPlan,
        Duration limit) {}
