import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.MemberLeftException;
import jasyncio.*;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Counts primes on several machines: {@code runInExecutor} with the executor of a Hazelcast cluster.
 *
 * <pre>
 * ./jasyncio run examples/Cluster.java           three JVMs on this machine, two of which it starts itself
 * ./jasyncio run examples/Cluster.java --kill    one of them is killed half-way
 * </pre>
 *
 * <p>On machines of yours, the last of which counts:
 *
 * <pre>
 * ./jasyncio run examples/Cluster.java --address 192.0.2.1:5701 --member
 * ./jasyncio run examples/Cluster.java --address 192.0.2.2:5701 --member --join 192.0.2.1:5701
 * ./jasyncio run examples/Cluster.java --address 192.0.2.3:5701 --join 192.0.2.1:5701
 * </pre>
 *
 * <p>A member runs whatever it is sent by anybody who reaches its port: take addresses of a network that is closed to
 * others.
 *
 * <p>What to take from it: {@link #retrying}, which begins a job again when the member that had it is lost, and
 * {@link #config}.
 */
@Command(name = "Cluster", mixinStandardHelpOptions = true, version = "an example of jasyncio")
public final class Cluster implements Callable<Integer> {
    @Option(names = "--below", description = "Primes below this number are counted (default: ${DEFAULT-VALUE}).")
    private int below = 6_000_000;

    @Option(names = "--jobs", description = "In how many jobs (default: ${DEFAULT-VALUE}).")
    private int jobs = 120;

    @Option(names = "--attempts", description = "How often a job is begun at most (default: ${DEFAULT-VALUE}).")
    private int attempts = 5;

    @Option(names = "--kill", description = "Kill a member, kill -9, when half of the jobs are done.")
    private boolean kill;

    @Option(names = "--member", description = "Do not count, but work for those who do.")
    private boolean member;

    @Option(
            names = "--address",
            description = "Where other members reach this one, port 0 being any (default: ${DEFAULT-VALUE}).")
    private String address = "127.0.0.1:0";

    @Option(names = "--join", split = ",", description = "Members of the cluster to join; without it two are started.")
    private List<String> join = List.of();

    @Option(names = "--name", description = "The cluster's name: others are not joined (default: ${DEFAULT-VALUE}).")
    private String name = "jasyncio";

    @Option(names = "--while-input", hidden = true, description = "As a member, end when the standard input does.")
    private boolean whileInput;

    @Spec
    private @Nullable CommandSpec spec;

    private int begunAgain;

    /** A job. It is copied to a member, whose class path has this class too, and what it returns is copied back. */
    record Primes(int from, int to) implements Callable<Counted>, Serializable {
        @Override
        public Counted call() {
            long primes = IntStream.range(Math.max(2, from), to)
                    .filter(n -> IntStream.rangeClosed(2, (int) Math.sqrt(n)).noneMatch(d -> n % d == 0))
                    .count();
            return new Counted(primes, ProcessHandle.current().pid());
        }
    }

    /** How many there were, and the process that counted them. */
    record Counted(long primes, long process) implements Serializable {}

    public static void main(String... args) {
        int code = new CommandLine(new Cluster()).execute(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    @Override
    public Integer call() throws Exception {
        boolean alone = !member && join.isEmpty();
        check(
                !kill || alone,
                "--kill is for members that the program has started itself: leave out --member and --join");
        check(address.matches(".+:\\d+"), "--address is HOST:PORT, and not " + address);
        if (alone) {
            name = "jasyncio-" + ProcessHandle.current().pid();
        }
        System.setProperty("hazelcast.logging.type", "none");
        HazelcastInstance here = Hazelcast.newHazelcastInstance(config());
        try {
            if (member) {
                return serve(here);
            }
            check(alone || members(here) > 1, "No member of the cluster " + name + " answers at " + join);
            return alone ? countWithChildren(here) : run(() -> count(here, List.of()));
        } finally {
            here.getLifecycleService().terminate(); // at once: it stores nothing that others would have to take over
        }
    }

    private void check(boolean right, String wrong) {
        if (!right) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), wrong);
        }
    }

    // ---- the program

    private int countWithChildren(HazelcastInstance here) throws Exception {
        try (var second = Child.start(here);
                var third = Child.start(here)) {
            return run(() -> {
                timeout(ofSeconds(60), () -> awaitMembers(here, 3));
                return count(here, List.of(second, third));
            });
        }
    }

    private static void awaitMembers(HazelcastInstance here, int members) {
        while (members(here) < members) {
            sleep(ofMillis(20));
        }
    }

    private static int members(HazelcastInstance here) {
        return here.getCluster().getMembers().size();
    }

    private int count(HazelcastInstance here, List<Child> children) {
        println("%d members, this is process %d".formatted(members(here), pid()));
        children.forEach(child -> println("started process " + child.pid()));
        ExecutorService cluster = here.getExecutorService("primes");
        var tasks = new ArrayList<Task<Counted>>();
        for (long i = 0; i < jobs; i++) {
            var job = new Primes((int) (below * i / jobs), (int) (below * (i + 1) / jobs));
            tasks.add(createTask(() -> retrying(cluster, job)));
        }
        long primes = 0;
        int failed = 0;
        int done = 0;
        var byProcess = new TreeMap<Long, Integer>();
        for (var task : asCompleted(tasks)) {
            switch (task.outcome()) {
                case Outcome.Success<Counted>(Counted counted) -> {
                    primes += counted.primes;
                    byProcess.merge(counted.process, 1, Integer::sum);
                }
                case Outcome.Failure<Counted>(Throwable failure) -> {
                    Throwable cause = failure.getCause();
                    println("failed: " + failure + (cause == null ? "" : ": " + cause.getMessage()));
                    failed++;
                }
            }
            done++;
            if (done % Math.max(1, jobs / 6) == 0) {
                println("%d of %d jobs done".formatted(done, jobs));
            }
            if (kill && done == jobs / 2) {
                killSlowest(children, byProcess);
            }
        }
        byProcess.forEach((process, its) -> println("process %d did %d".formatted(process, its)));
        println("%d begun again, %d failed".formatted(begunAgain, failed));
        println("%s%d primes below %d".formatted(failed == 0 ? "" : "at least ", primes, below));
        return failed == 0 ? 0 : 1;
    }

    /**
     * Has some member run the job, and another one if that is lost. The lost one may have done a part of it, or all:
     * this is for jobs that may be done twice.
     */
    private <T> T retrying(ExecutorService cluster, Callable<T> job) throws MemberLeftException {
        for (int attempt = 1; ; attempt++) {
            try {
                return await(runInExecutor(cluster, job), MemberLeftException.class);
            } catch (MemberLeftException | IndeterminateOperationStateException lost) {
                if (attempt >= attempts) {
                    throw lost;
                }
                begunAgain++;
                sleep(ofMillis(100L * attempt));
            }
        }
    }

    /** The one with fewest results has most jobs left to lose. */
    private static void killSlowest(List<Child> children, Map<Long, Integer> byProcess) {
        Child slowest = children.stream()
                .min(Comparator.comparing(child -> byProcess.getOrDefault(child.pid(), 0)))
                .orElseThrow();
        slowest.process.destroyForcibly();
        println("killed process " + slowest.pid());
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    // ---- members

    private int serve(HazelcastInstance here) throws Exception {
        if (whileInput) {
            System.in.readAllBytes();
            System.exit(0); // nobody waits for the jobs that still run
        }
        println("serving at " + addressOf(here) + " until Ctrl-C");
        new CountDownLatch(1).await();
        return 0;
    }

    private Config config() {
        int colon = address.lastIndexOf(':');
        var config = new Config().setClusterName(name);
        config.setProperty("hazelcast.phone.home.enabled", "false");
        // Jobs of a lost member fail, and retrying() decides; else Hazelcast begins them again by itself.
        config.setProperty("hazelcast.operation.fail.on.indeterminate.state", "true");
        // It listens at its own address only.
        config.setProperty("hazelcast.socket.bind.any", "false");
        var network = config.getNetworkConfig();
        network.setPort(Integer.parseInt(address.substring(colon + 1))).setPortAutoIncrement(false);
        network.getInterfaces().setEnabled(true).addInterface(address.substring(0, colon));
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        network.getJoin().getMulticastConfig().setEnabled(false);
        network.getJoin().getTcpIpConfig().setEnabled(true).setMembers(join);
        config.addExecutorConfig(
                new ExecutorConfig("primes", Runtime.getRuntime().availableProcessors()));
        return config;
    }

    private static String addressOf(HazelcastInstance instance) {
        var address = instance.getCluster().getLocalMember().getAddress();
        return address.getHost() + ":" + address.getPort();
    }

    /** A member in a JVM of its own. It ends with its standard input, and so with this program, however that ends. */
    private record Child(Process process) implements AutoCloseable {
        static Child start(HazelcastInstance first) throws IOException {
            return new Child(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--sun-misc-unsafe-memory-access=allow", // else the JVM warns of what Hazelcast does
                            "-cp",
                            System.getProperty("java.class.path"),
                            Cluster.class.getName(),
                            "--member",
                            "--while-input",
                            "--name=" + first.getConfig().getClusterName(),
                            "--join=" + addressOf(first))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }

        long pid() {
            return process.pid();
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            process.onExit()
                    .orTimeout(10, TimeUnit.SECONDS)
                    .exceptionally(_ -> process.destroyForcibly())
                    .join();
        }
    }
}
