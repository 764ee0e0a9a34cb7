package jasyncio.bench;

import jasyncio.bench.peer.ContinuationPeer;
import jasyncio.bench.peer.CustomSchedulerPeer;
import jasyncio.bench.peer.IteratorPeer;
import jasyncio.bench.peer.JasyncioPeer;
import jasyncio.bench.peer.LookupWork;
import jasyncio.bench.peer.Plan;
import jasyncio.bench.peer.VirtualThreadPeer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * All benchmarks, in the order in which they run: what each measures, against whom, and the bars.
 *
 * <p>jasyncio is rated with its loop-scheduled backend; the portable one is shown beside it. All JVMs of a benchmark run on the same JDK under the same flags.
 */
final class Catalogue {

    /** The peer that the bars are for. */
    static final String OURS = "jasyncio";

    private static final String OPEN_LANG = "--add-opens=java.base/java.lang=ALL-UNNAMED";
    private static final String EXPORT_VM = "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED";

    private static final Peer LOOP = new JvmPeer(
            OURS,
            "this library, loop-scheduled backend",
            false,
            JasyncioPeer.class.getName(),
            List.of(OPEN_LANG, EXPORT_VM, "-Djasyncio.backend=loop"));
    private static final Peer PORTABLE = new JvmPeer(
            "jasyncio-portable",
            "this library, portable backend",
            false,
            JasyncioPeer.class.getName(),
            List.of("-Djasyncio.backend=portable"));
    private static final PythonFinder CPYTHON_FINDER = PythonFinder.cpython();
    private static final Peer CPYTHON = new PythonPeer("cpython", "asyncio, CPython", "asyncio", CPYTHON_FINDER);
    private static final Peer CPYTHON_GENERATOR =
            new PythonPeer("cpython", "a generator, CPython", "asyncio", CPYTHON_FINDER);
    private static final Peer UVLOOP = new PythonPeer("uvloop", "asyncio, uvloop", "uvloop", PythonFinder.uvloop());
    private static final Peer KOTLIN = new JvmPeer(
            "kotlin",
            "Kotlin coroutines " + kotlinVersion() + ", runBlocking's event loop",
            true,
            "jasyncio.bench.peer.KotlinPeer",
            List.of());
    private static final Peer KOTLIN_SEQUENCE = new JvmPeer(
            "kotlin",
            "a Kotlin sequence, a state machine made by the compiler",
            true,
            "jasyncio.bench.peer.KotlinPeer",
            List.of());
    private static final Peer VIRTUAL_THREADS = new JvmPeer(
            "jdk-vthread", "virtual threads, default scheduler", true, VirtualThreadPeer.class.getName(), List.of());
    private static final Peer DEFAULT_YIELD = new JvmPeer(
            "jdk-vthread-default",
            "Thread.yield of a virtual thread, default scheduler",
            false,
            VirtualThreadPeer.class.getName(),
            List.of());
    private static final Peer BARE_PARK = new JvmPeer(
            "jdk-vthread",
            "bare park/unpark of a virtual thread, custom scheduler",
            true,
            CustomSchedulerPeer.class.getName(),
            List.of(OPEN_LANG));
    private static final Peer CONTINUATION = new JvmPeer(
            "continuation",
            "raw jdk.internal.vm.Continuation, run and yield",
            true,
            ContinuationPeer.class.getName(),
            List.of(EXPORT_VM));

    private static final Peer ITERATOR = new JvmPeer(
            "iterator", "java.util.Iterator, written by hand", true, IteratorPeer.class.getName(), List.of());
    private static final Peer ONE_LEVEL = new JvmPeer(
            "one-level",
            "this library, a single yieldFrom",
            true,
            JasyncioPeer.class.getName(),
            List.of(OPEN_LANG, EXPORT_VM, "-Djasyncio.backend=loop", "-Djasyncio.bench.levels=1"));
    private static final Peer GREENLET =
            new PythonPeer("greenlet", "the C extension greenlet", "asyncio", PythonFinder.greenlet());

    private static final String AS_THREADS = "-D" + LookupWork.WORKERS + "=threads";
    private static final List<Peer> DATABASE_PEERS = List.of(
            new DatabasePeer(new JvmPeer(
                    OURS,
                    "JDBC in tasks of this library, loop-scheduled backend, -Djdk.pollerMode=1",
                    false,
                    LookupWork.class.getName(),
                    List.of(OPEN_LANG, EXPORT_VM, "-Djasyncio.backend=loop", "-Djdk.pollerMode=1"))),
            new DatabasePeer(new JvmPeer(
                    "jasyncio-poller",
                    "the same with the JDK's own choice of pollers",
                    false,
                    LookupWork.class.getName(),
                    List.of(OPEN_LANG, EXPORT_VM, "-Djasyncio.backend=loop"))),
            new DatabasePeer(new JvmPeer(
                    "threads", "JDBC in 50 platform threads", true, LookupWork.class.getName(), List.of(AS_THREADS))),
            new DatabasePeer(new PythonPeer("aiomysql", "aiomysql", "asyncio", PythonFinder.aiomysql())));

    private static final List<Peer> LOOP_PEERS = List.of(LOOP, PORTABLE, CPYTHON, UVLOOP, KOTLIN);

    private static final int ROUNDS = 5;
    private static final int LONG_ROUNDS = 3;
    private static final int HEAP_ROUNDS = 2;
    private static final int MILLION = 1_000_000;

    private static final Duration WARM_UP = Duration.ofMillis(1_500);
    /** Serialization is a lot of code, in three JVMs here. */
    private static final Duration SLOW_WARM_UP = Duration.ofSeconds(5);

    private static final Duration AT_LEAST = Duration.ofSeconds(1);
    private static final Duration QUICK = Duration.ofMillis(50);

    /** The JDK counts CPU time in ticks of 10 ms, and on a busy machine a process gets few of them. */
    private static final Duration QUICK_AT_LEAST = Duration.ofMillis(250);

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration LONG_LIMIT = Duration.ofMinutes(5);

    private static final List<String> SMALL_HEAP = List.of("-XX:+UseParallelGC", "-Xmx1g");
    private static final List<String> LARGE_HEAP = List.of("-XX:+UseParallelGC", "-Xmx4g");

    private static final List<Benchmark> ALL = List.of(
            switches(),
            spawn(),
            wake(),
            sleepers(),
            sleepersHeap(),
            timers(),
            queue(1, 3.5),
            queue(100, 1.5),
            lock(),
            semaphore(),
            generator(),
            generatorDriven(),
            delegate(),
            greenlet(),
            asyncgen(),
            asyncgenPlain(),
            toThread("tothread-seq", "one after the other", 1 / 2.0),
            toThread("tothread-gathered", "1,000 gathered at a time", 1 / 8.0),
            process(),
            foreign(1),
            foreign(100),
            jdbc("jdbc-wall", Measure.WALL, 1.4),
            jdbc("jdbc-cpu", Measure.CPU, 1.2));

    private Catalogue() {}

    /** The version of kotlinx.coroutines on the class path, as its jar states it. */
    private static String kotlinVersion() {
        try (InputStream version = Catalogue.class.getResourceAsStream("/META-INF/kotlinx_coroutines_core.version")) {
            return version == null ? "" : new String(version.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** The names that benchmarks are asked for by. */
    static List<String> groups() {
        return Stream.concat(
                        ALL.stream().map(Benchmark::group).distinct(),
                        ServerBenchmark.all().stream().map(ServerBenchmark::group))
                .toList();
    }

    /** Tells whether a group is called that, or one of its variants: {@code queue}, {@code queue-1}, {@code echo-passing-epoll-100}. */
    static boolean knows(String name) {
        return groups().contains(name)
                || ALL.stream().anyMatch(benchmark -> benchmark.name().equals(name))
                || ServerBenchmark.all().stream()
                        .flatMap(ServerBenchmark::names)
                        .anyMatch(name::equals);
    }

    /** The benchmarks of these groups or of these names, all if there are none, in the catalogue's order. */
    static List<Benchmark> named(List<String> names) {
        return ALL.stream()
                .filter(benchmark ->
                        names.isEmpty() || names.contains(benchmark.group()) || names.contains(benchmark.name()))
                .toList();
    }

    private static Benchmark switches() {
        return steady(
                "switch",
                "one task in a loop of sleep(0); one operation is one sleep(0)",
                List.of(LOOP, PORTABLE, CPYTHON, UVLOOP, KOTLIN, BARE_PARK, DEFAULT_YIELD, CONTINUATION),
                List.of(Bar.times("cpython", 1 / 8.0), Bar.times("jdk-vthread", 1.5)));
    }

    private static Benchmark spawn() {
        return steady(
                "spawn",
                "create a task and await it, one after the other; one operation is one task",
                List.of(LOOP, PORTABLE, CPYTHON, UVLOOP, KOTLIN, VIRTUAL_THREADS),
                List.of(Bar.times("cpython", 1 / 8.0), Bar.times("kotlin", 1.5)));
    }

    private static Benchmark wake() {
        return steady(
                "wake",
                "two tasks hand a value back and forth through futures; one operation is one hand-over, with a fresh"
                        + " future",
                List.of(LOOP, PORTABLE, CPYTHON, UVLOOP, KOTLIN, VIRTUAL_THREADS),
                List.of(Bar.times("cpython", 1 / 8.0)));
    }

    private static Benchmark queue(int capacity, double barToKotlin) {
        return steady(
                "queue-" + capacity,
                "queue",
                "one producer, one consumer, a queue of capacity " + capacity
                        + "; one operation is one item put and got",
                LOOP_PEERS,
                List.of(Bar.times("cpython", 1 / 8.0), Bar.times("kotlin", barToKotlin)));
    }

    private static Benchmark lock() {
        return steady(
                "lock",
                "10 tasks, one lock, held across sleep(0); one operation is one acquisition and its release",
                LOOP_PEERS,
                List.of(Bar.times("cpython", 1 / 8.0)));
    }

    private static Benchmark semaphore() {
        return steady(
                "semaphore",
                "1,000 tasks, 10 permits, held across sleep(0); one operation is one permit taken and given back",
                LOOP_PEERS,
                List.of(Bar.times("cpython", 1 / 8.0)));
    }

    private static Benchmark generator() {
        return synchronous(
                "generator",
                "generator",
                "the sum of 10,000,000 numbers that a generator yields to a for loop; one operation is one number",
                List.of(LOOP, CONTINUATION, CPYTHON_GENERATOR, KOTLIN_SEQUENCE, ITERATOR),
                List.of(Bar.times("continuation", 2.2)));
    }

    private static Benchmark generatorDriven() {
        return synchronous(
                "generator-driven",
                "generator",
                "the same, iterated by the library: forEach (cpython: sum)",
                List.of(LOOP, CONTINUATION, CPYTHON_GENERATOR, KOTLIN_SEQUENCE),
                List.of(Bar.times("continuation", 1.2)));
    }

    private static Benchmark delegate() {
        return synchronous(
                "delegate",
                "delegate",
                "the same as generator, through 10 levels of yieldFrom; one operation is one number",
                List.of(LOOP, ONE_LEVEL, CPYTHON_GENERATOR, KOTLIN_SEQUENCE),
                List.of(Bar.times("one-level", 1.5)));
    }

    private static Benchmark greenlet() {
        return synchronous(
                "greenlet",
                "greenlet",
                "two greenlets switch to each other with a number; one operation is one switch",
                List.of(LOOP, GREENLET),
                List.of(Bar.times("greenlet", 1.0)));
    }

    private static Benchmark asyncgen() {
        return steady(
                "asyncgen",
                "an asynchronous generator yields numbers to a for loop, a sleep(0) before each; one operation is one"
                        + " number (kotlin: a flow, collected)",
                LOOP_PEERS,
                List.of(Bar.times("cpython", 1 / 3.0)));
    }

    private static Benchmark asyncgenPlain() {
        return steady("asyncgen-plain", "asyncgen", "the same without the sleep(0)", LOOP_PEERS, List.of());
    }

    private static Benchmark jdbc(String name, Measure measure, double barToThreads) {
        return new Benchmark(
                name,
                "jdbc",
                "100,000 lookups by primary key in MariaDB, 50 at a time; one operation is one lookup",
                measure,
                DATABASE_PEERS,
                measure == Measure.WALL
                        ? List.of(Bar.times("threads", barToThreads), Bar.times("aiomysql", 0.4))
                        : List.of(Bar.times("threads", barToThreads)),
                SMALL_HEAP,
                ROUNDS,
                new Plan("jdbc", 10_000, MILLION / 10, MILLION / 10, WARM_UP.multipliedBy(2), AT_LEAST, Duration.ZERO),
                new Plan("jdbc", 1_000, 1_000, 1_000, QUICK, QUICK_AT_LEAST, Duration.ZERO),
                LIMIT);
    }

    private static Benchmark toThread(String name, String how, double barToCpython) {
        return elapsed(
                name,
                "tothread",
                "200,000 trivial toThread calls, " + how + "; one operation is one call",
                List.of(LOOP, PORTABLE, CPYTHON, UVLOOP),
                List.of(Bar.times("cpython", barToCpython)),
                20_000,
                200_000,
                WARM_UP);
    }

    private static Benchmark process() {
        return elapsed(
                "process",
                "process",
                "10,000 trivial jobs in 2 child processes, awaited together; one operation is one job",
                List.of(LOOP, PORTABLE, CPYTHON),
                List.of(Bar.times("cpython", 1 / 2.0)),
                10_000,
                10_000,
                SLOW_WARM_UP);
    }

    private static Benchmark foreign(int window) {
        return elapsed(
                "foreign-" + window,
                "foreign",
                "a CompletableFuture handed to another thread, completed there and awaited, " + window
                        + " outstanding; one operation is one future",
                List.of(LOOP, PORTABLE, VIRTUAL_THREADS),
                List.of(Bar.times("jdk-vthread", 1.5)),
                100_000,
                200_000,
                WARM_UP);
    }

    /** What waits for other threads and processes, where the time that passes counts. */
    private static Benchmark elapsed(
            String name,
            String group,
            String title,
            List<Peer> peers,
            List<Bar> bars,
            int batch,
            int operations,
            Duration warmUp) {
        return new Benchmark(
                name,
                group,
                title,
                Measure.WALL,
                peers,
                bars,
                SMALL_HEAP,
                ROUNDS,
                new Plan(name, batch, batch, operations, warmUp, AT_LEAST, Duration.ZERO),
                new Plan(name, 1_000, 1_000, 1_000, QUICK, QUICK_AT_LEAST, Duration.ZERO),
                LIMIT);
    }

    private static Benchmark synchronous(String name, String group, String title, List<Peer> peers, List<Bar> bars) {
        return new Benchmark(
                name,
                group,
                title,
                Measure.CPU,
                peers,
                bars,
                SMALL_HEAP,
                ROUNDS,
                new Plan(name, MILLION / 10, MILLION, 10 * MILLION, WARM_UP, AT_LEAST, Duration.ZERO),
                new Plan(name, 1_000, 10_000, 10_000, QUICK, QUICK_AT_LEAST, Duration.ZERO),
                LIMIT);
    }

    private static Benchmark steady(String name, String title, List<Peer> peers, List<Bar> bars) {
        return steady(name, name, title, peers, bars);
    }

    private static Benchmark steady(String name, String group, String title, List<Peer> peers, List<Bar> bars) {
        return new Benchmark(
                name,
                group,
                title,
                Measure.CPU,
                peers,
                bars,
                SMALL_HEAP,
                ROUNDS,
                new Plan(name, MILLION / 10, MILLION / 10, MILLION, WARM_UP, AT_LEAST, Duration.ZERO),
                new Plan(name, 1_000, 1_000, 10_000, QUICK, QUICK_AT_LEAST, Duration.ZERO),
                LIMIT);
    }

    private static Benchmark sleepers() {
        return new Benchmark(
                "sleepers",
                "sleepers",
                "1,000,000 tasks sleep 5 s and 0, 1, 2, ... microseconds; one operation is one task, from the first"
                        + " creation to the last end",
                Measure.WALL,
                List.of(LOOP, PORTABLE, CPYTHON, UVLOOP, KOTLIN, VIRTUAL_THREADS),
                List.of(Bar.times("cpython", 1 / 2.0), Bar.times("kotlin", 1.5)),
                LARGE_HEAP,
                LONG_ROUNDS,
                new Plan("sleepers", MILLION / 50, MILLION, MILLION, WARM_UP, Duration.ZERO, Duration.ofSeconds(5)),
                new Plan("sleepers", 1_000, 1_000, 1_000, QUICK, Duration.ZERO, QUICK),
                LONG_LIMIT);
    }

    private static Benchmark sleepersHeap() {
        return new Benchmark(
                "sleepers-heap",
                "sleepers",
                "live heap per task while 1,000,000 tasks sleep, after a full collection (cpython: resident memory)",
                Measure.HEAP,
                List.of(LOOP, PORTABLE, CPYTHON, KOTLIN, VIRTUAL_THREADS),
                List.of(Bar.absolute(1_100)),
                LARGE_HEAP,
                HEAP_ROUNDS,
                new Plan("sleepers-heap", MILLION, MILLION, MILLION, Duration.ZERO, Duration.ZERO, Duration.ZERO),
                new Plan("sleepers-heap", 10_000, 10_000, 10_000, Duration.ZERO, Duration.ZERO, Duration.ZERO),
                LONG_LIMIT);
    }

    private static Benchmark timers() {
        return new Benchmark(
                "timers",
                "timers",
                "1,000,000 callLater over 2 s in no order, every second one cancelled, until the others have fired;"
                        + " one operation is one callLater",
                Measure.CPU,
                List.of(LOOP, PORTABLE, CPYTHON, UVLOOP, KOTLIN, VIRTUAL_THREADS),
                List.of(Bar.times("cpython", 1 / 4.0)),
                LARGE_HEAP,
                ROUNDS,
                new Plan("timers", MILLION / 20, MILLION, MILLION, WARM_UP, Duration.ZERO, Duration.ofSeconds(2)),
                new Plan("timers", 1_000, 1_000, 1_000, QUICK, Duration.ZERO, QUICK),
                LONG_LIMIT);
    }
}
