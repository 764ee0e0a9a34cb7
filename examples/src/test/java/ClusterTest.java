import static jasyncio.Asyncio.*;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.sun.management.HotSpotDiagnosticMXBean;
import jasyncio.Future;
import java.io.IOException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs on several machines: the example as it is run by hand, on three JVMs, and what {@code runInExecutor} makes of the executor of a cluster.
 *
 * <p>The example does not call {@code System.exit} when all went well: that it ends shows that no thread is left.
 */
@Timeout(180)
@Tag("once")
class ClusterTest {
    /** How many the example makes. */
    private static final int JOBS = 120;

    private static final Pattern STARTED = Pattern.compile("started process (\\d+)");

    @TempDir
    private Path directory;

    // ---- the example

    private NetProcess start(String... arguments) throws IOException {
        return NetProcess.start(directory, CrawlerProcess.backendFlags(), "Cluster", arguments);
    }

    /** The number before each place where {@code text} is. */
    private static List<Integer> numbersBefore(String text, String output) {
        return Pattern.compile("(\\d+)" + Pattern.quote(text))
                .matcher(output)
                .results()
                .map(found -> Integer.parseInt(found.group(1)))
                .toList();
    }

    /** How many jobs each of the processes did. */
    private static List<Integer> shares(String output) {
        return Pattern.compile("process \\d+ did (\\d+)")
                .matcher(output)
                .results()
                .map(found -> Integer.parseInt(found.group(1)))
                .toList();
    }

    private static int sum(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).sum();
    }

    private static List<Long> members(String output) {
        return STARTED.matcher(output)
                .results()
                .map(found -> Long.parseLong(found.group(1)))
                .toList();
    }

    /** The members that a program started end with it, or soon after. */
    private static void assertGone(List<Long> members) throws Exception {
        assertEquals(2, members.size());
        for (long member : members) {
            var process = ProcessHandle.of(member);
            if (process.isPresent()) {
                process.get().onExit().get(20, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void jobs_goToThreeMembers_whichAreGoneAfterwards() throws Exception {
        try (var program = start("--below", "1000000")) {
            String output = program.output();
            assertTrue(output.startsWith("3 members, "), output);
            assertTrue(output.endsWith("0 begun again, 0 failed\n78498 primes below 1000000\n"), output);
            assertEquals(3, shares(output).size(), output);
            assertEquals(JOBS, sum(shares(output)), output);
            assertGone(members(output));
        }
    }

    @Test
    void memberKilledHalfWay_itsJobsAreBegunAgain_andAllResultsAreRight() throws Exception {
        try (var program = start("--kill")) {
            String output = program.output();
            assertTrue(output.contains("killed process "), output);
            assertTrue(output.endsWith(" 0 failed\n412849 primes below 6000000\n"), output);
            assertTrue(numbersBefore(" begun again", output).getFirst() > 0, output);
            assertEquals(JOBS, sum(shares(output)), output);
            assertGone(members(output));
        }
    }

    @Test
    void memberKilledHalfWay_withoutSecondAttempt_itsJobsFail_andTheOthersDoNot() throws Exception {
        try (var program = start("--kill", "--attempts", "1")) {
            var lines = new ArrayList<String>();
            do {
                lines.add(program.line());
            } while (!lines.getLast().contains(" begun again"));
            String output = String.join("\n", lines) + "\n";
            int failed = numbersBefore(" failed\n", output).getFirst();
            assertTrue(failed > 0, output);
            assertEquals(JOBS, failed + sum(shares(output)), output);
            List<String> failures =
                    lines.stream().filter(line -> line.startsWith("failed: ")).toList();
            assertEquals(failed, failures.size(), output);
            failures.forEach(failure -> assertTrue(failure.endsWith(" has left cluster!"), failure));
            program.lineWith("at least ");
            assertGone(members(output));
        }
    }

    @Test
    void programKilled_itsMembersEndToo() throws Exception {
        String output;
        try (var program = start("--below", "20000000")) {
            output = program.lineWith("started") + "\n" + program.lineWith("started");
            program.lineWith("jobs done");
        } // kill -9
        assertGone(members(output));
    }

    @Test
    void programJoinsAMemberThatWasStartedByHand() throws Exception {
        String name = "by-hand-" + ProcessHandle.current().pid();
        try (var member = start("--member", "--name", name)) {
            String line = member.line();
            String address = line.replaceAll("serving at (\\S+) until Ctrl-C", "$1");
            try (var program = start("--below", "100000", "--name", name, "--join", address)) {
                String output = program.output();
                assertTrue(output.startsWith("2 members, "), output);
                assertTrue(output.endsWith("\n9592 primes below 100000\n"), output);
                assertEquals(2, shares(output).size(), output);
            }
        }
    }

    @Test
    void page_showsTheExamplesHelper() throws IOException {
        String page = Files.readString(TourFiles.ROOT.resolve("docs/howto/clusters.md"));
        String shown = page.replaceFirst("(?s).*```java\n(private <T> T retrying\\(.*?)```.*", "$1");
        String example = Files.readString(TourFiles.ROOT.resolve("examples/Cluster.java"));
        assertTrue(example.contains(shown.indent(4)), shown);
    }

    // ---- what it is built on

    private static HazelcastInstance member(String name) {
        System.setProperty("hazelcast.logging.type", "none");
        var config =
                new Config().setClusterName(name + "-" + ProcessHandle.current().pid());
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        var network = config.getNetworkConfig().setPort(0);
        network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        network.getJoin().getMulticastConfig().setEnabled(false);
        return Hazelcast.newHazelcastInstance(config);
    }

    /** Says when it runs, and how that ended. */
    record Nap() implements Callable<String>, Serializable {
        private static final CountDownLatch BEGUN = new CountDownLatch(1);
        private static final CountDownLatch INTERRUPTED = new CountDownLatch(1);

        @Override
        public String call() throws InterruptedException {
            BEGUN.countDown();
            try {
                new CountDownLatch(1).await();
                return "never";
            } catch (InterruptedException e) {
                INTERRUPTED.countDown();
                throw e;
            }
        }
    }

    record Failing(String text) implements Callable<String>, Serializable {
        @Override
        public String call() throws IOException {
            throw new IOException(text);
        }
    }

    /** Ends when the member does. */
    record Endless() implements Callable<String>, Serializable {
        @Override
        public String call() throws InterruptedException {
            new CountDownLatch(1).await();
            return "never";
        }
    }

    /** Whether a thread waits in place of a future that cannot tell of its end by itself. */
    private boolean someThreadWaits() throws IOException {
        Path dump = Files.createTempDirectory(directory, "dump").resolve("threads");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
        return Files.readString(dump).contains("\"wait for ");
    }

    @Test
    void jobOfTheCluster_isAStage_forWhichNoThreadWaits() throws Exception {
        var member = member("stages");
        try {
            var cluster = member.getExecutorService("jobs");
            assertInstanceOf(CompletionStage.class, cluster.submit(new Endless()));
            run(() -> {
                Future<String> job = runInExecutor(cluster, new Endless());
                sleep(ofMillis(10));
                assertFalse(someThreadWaits());
                job.cancel();

                Future<String> plain = wrapBlocking(new FutureTask<>(() -> "never"));
                sleep(ofMillis(10));
                assertTrue(someThreadWaits(), "this test does not see threads that wait");
                plain.cancel();
            });
        } finally {
            member.getLifecycleService().terminate();
        }
    }

    @Test
    void cancelledTask_interruptsItsJob() throws Exception {
        var member = member("cancelling");
        try {
            run(() -> {
                var task = createTask(() -> await(runInExecutor(member.getExecutorService("jobs"), new Nap())));
                while (Nap.BEGUN.getCount() > 0) {
                    sleep(ofMillis(10));
                }
                task.cancel();
                jasyncio.Asyncio.wait(List.of(task));
                assertTrue(task.cancelled());
                timeout(ofSeconds(20), () -> {
                    while (Nap.INTERRUPTED.getCount() > 0) {
                        sleep(ofMillis(10));
                    }
                });
            });
        } finally {
            member.getLifecycleService().terminate();
        }
    }

    @Test
    void failureOfAJob_arrivesAsItIs() throws Exception {
        var member = member("failing");
        try {
            run(() -> {
                var cluster = member.getExecutorService("jobs");
                var failure = assertThrows(
                        IOException.class, () -> await(runInExecutor(cluster, new Failing("lost the file"))));
                assertEquals("lost the file", failure.getMessage());
            });
        } finally {
            member.getLifecycleService().terminate();
        }
    }

    @Test
    void bodyThatCannotBeSent_isRefusedAtOnce() throws Exception {
        var member = member("refusing");
        try {
            run(() -> {
                var cluster = member.getExecutorService("jobs");
                assertThrows(HazelcastSerializationException.class, () -> {
                    var _ = runInExecutor(cluster, () -> 1);
                });
            });
        } finally {
            member.getLifecycleService().terminate();
        }
    }
}
