package jasyncio.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.LoopStalledException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLConnection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A loop that stands still is named on standard error: who, where, waiting for what. */
class WatchdogTest {
    private static final String SHORT = "-Djasyncio.watchdog=0.3";

    @Test
    void report_ofTaskThatComputes_namesItAndSaysToAwait() throws Exception {
        try (ChildJvm child = ChildJvm.start(ComputingProgram.class, SHORT)) {
            child.awaitLine("has not moved for 0.3 s: task 'the-computing-task' is running without awaiting at");
            child.awaitLine("WatchdogTest$ComputingProgram.compute");
            child.awaitLine("toThread");
            child.awaitLine("computed");
            String output = child.output(0);
            assertFalse(output.substring(output.indexOf("computed")).contains("has not moved"), "reported once");
        }
    }

    @Test
    void report_ofTaskThatReadsAPipe_saysWhereItReads() throws Exception {
        try (ChildJvm child = ChildJvm.start(ReadingProgram.class, SHORT)) {
            child.awaitLine("has not moved for 0.3 s: task 'the-reading-task'");
            child.awaitLine("WatchdogTest$ReadingProgram.read");
            child.awaitLine("toThread");
            child.input().write('x');
            child.input().flush();
            child.awaitLine("read x");
            child.output(0);
        }
    }

    /** The one way left to stop the loop-scheduled backend by a lock: a native frame that waits for one, here a class's initialiser. */
    @Test
    void report_ofTaskPinnedInAMonitor_namesTheMonitorAndItsHolder() throws Exception {
        try (ChildJvm child = ChildJvm.start(PinnedProgram.class, SHORT)) {
            child.awaitLine("has not moved for 0.3 s: task 'the-pinned-task'");
            String line = child.awaitLine("It waits for");
            assertTrue(line.contains("WatchdogTest$PinnedProgram$Guarded"), line);
            assertTrue(line.contains("'the-holder'"), line);
            child.awaitLine("went on");
            child.output(0);
        }
    }

    @Test
    void report_ofCallbackThatComputes_saysItIsACallback() throws Exception {
        try (ChildJvm child = ChildJvm.start(CallbackProgram.class, SHORT)) {
            child.awaitLine("has not moved for 0.3 s: a callback is running without awaiting at");
            child.awaitLine("WatchdogTest$ComputingProgram.compute");
            child.output(0);
        }
    }

    @Test
    @LoopOnly
    void report_ofTaskThatWantsALockOfRunsCaller_namesBothAndTheRunCanBeMadeToFail() throws Exception {
        try (ChildJvm child = ChildJvm.start(CallersLockProgram.class, SHORT, "-Djasyncio.watchdog.fail=true")) {
            child.awaitLine("Task 'the-locked-out-task' of event loop");
            child.awaitLine("WatchdogTest$CallersLockProgram");
            String line = child.awaitLine("It waits for");
            assertTrue(line.contains("WatchdogTest$PinnedProgram$Guarded"), line);
            assertTrue(line.contains("'main'"), line);
            child.awaitLine("Let go of the lock before run()");
            child.awaitLine("run ended: jasyncio.LoopStalledException: Task 'the-locked-out-task'");
            child.output(0);
        }
    }

    @Test
    @LoopOnly
    void report_ofTaskThatWantsAnotherThreadsLock_comesOnceAndNamesTheHolder() throws Exception {
        try (ChildJvm child = ChildJvm.start(OthersLockProgram.class, SHORT)) {
            child.awaitLine("Task 'the-locked-out-task' of event loop");
            String line = child.awaitLine("It waits for");
            assertTrue(line.contains("'the-holder'"), line);
            child.awaitLine("much later");
            child.input().write('x');
            child.input().flush();
            String output = child.output(0);
            assertEquals(2, output.split("the-locked-out-task", -1).length, output);
        }
    }

    @Test
    void report_ofTaskBlockedInTheJdk_showsTheProgramsLineOnThePortableBackend() throws Exception {
        try (ChildJvm child = ChildJvm.start(AcceptingProgram.class, SHORT, "-Djasyncio.backend=portable")) {
            child.awaitLine("has not moved for 0.3 s: task 'the-accepting-task' is blocked at");
            child.awaitLine("WatchdogTest$AcceptingProgram.accept");
            child.awaitLine("accept ended");
            child.output(0);
        }
    }

    @Test
    void report_ofTaskBlockedDeepInTheJdk_skipsToTheProgramsLine() throws Exception {
        try (ChildJvm child = ChildJvm.start(FetchingProgram.class, SHORT, "-Djasyncio.backend=portable")) {
            child.awaitLine("has not moved for 0.3 s: task 'the-fetching-task' is blocked at");
            child.awaitLine("\t…");
            assertTrue(child.awaitLine("\tat ").contains("WatchdogTest$FetchingProgram.fetch"));
            child.awaitLine("fetch ended");
            child.output(0);
        }
    }

    @Test
    @LoopOnly
    void report_ofTaskThatWaitsForAClass_saysThatItIsBlocked() throws Exception {
        try (ChildJvm child = ChildJvm.start(InitialisedElsewhereProgram.class, "-Djasyncio.watchdog=1")) {
            child.awaitLine("has not moved for 1.0 s: task 'the-using-task' is blocked at");
            child.awaitLine("it may wait for a class that another thread initialises");
            child.input().write('x');
            child.input().flush();
            child.awaitLine("used x");
            child.output(0);
        }
    }

    @Test
    void failing_ifAskedFor_endsTheRunWithTheReport() throws Exception {
        try (ChildJvm child = ChildJvm.start(FailingProgram.class, SHORT, "-Djasyncio.watchdog.fail=true")) {
            child.awaitLine("has not moved");
            child.awaitLine("run ended: jasyncio.LoopStalledException: Event loop");
            child.output(0);
        }
    }

    @Test
    void loopThatWaitsOrIsBusy_isNotReported() throws Exception {
        try (ChildJvm child = ChildJvm.start(HealthyProgram.class, "-Djasyncio.watchdog=0.5")) {
            assertFalse(child.output(0).contains("has not moved"));
        }
    }

    @Test
    void limit_thatIsNoNumber_isNamed() throws Exception {
        try (ChildJvm child = ChildJvm.start(HealthyProgram.class, "-Djasyncio.watchdog=soon")) {
            child.awaitLine("Not a number of seconds: -Djasyncio.watchdog=soon");
        }
    }

    static final class ComputingProgram {
        private ComputingProgram() {}

        public static void main(String[] args) {
            Asyncio.run(() -> {
                Asyncio.await(Asyncio.createTask("the-computing-task", () -> compute(1_500)));
                System.out.println("computed");
            });
        }

        static void compute(int millis) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
    }

    static final class ReadingProgram {
        private ReadingProgram() {}

        public static void main(String[] args) {
            Asyncio.run(() -> Asyncio.await(Asyncio.createTask("the-reading-task", ReadingProgram::read)));
        }

        private static void read() throws IOException {
            System.out.println("read " + (char) System.in.read());
        }
    }

    static final class PinnedProgram {
        private static final Guarded GUARDED = new Guarded();
        private static final CountDownLatch HELD = new CountDownLatch(1);

        private PinnedProgram() {}

        static final class Guarded {}

        static final class Initialised {
            static final int VALUE = value();

            private static int value() {
                synchronized (GUARDED) {
                    return 1;
                }
            }
        }

        public static void main(String[] args) throws InterruptedException {
            Thread.ofPlatform().name("the-holder").start(PinnedProgram::hold);
            HELD.await();
            Asyncio.run(() -> {
                int value = Asyncio.await(Asyncio.createTask("the-pinned-task", () -> Initialised.VALUE));
                System.out.println("went on " + value);
            });
        }

        private static void hold() {
            synchronized (GUARDED) {
                HELD.countDown();
                ComputingProgram.compute(2_500);
            }
        }
    }

    static final class CallersLockProgram {
        private static final PinnedProgram.Guarded LOCK = new PinnedProgram.Guarded();

        private CallersLockProgram() {}

        public static void main(String[] args) {
            synchronized (LOCK) {
                try {
                    Asyncio.run(
                            () -> Asyncio.await(Asyncio.createTask("the-locked-out-task", CallersLockProgram::lock)));
                } catch (LoopStalledException e) {
                    System.out.println("run ended: " + e);
                }
            }
        }

        private static void lock() {
            synchronized (LOCK) {
                System.out.println("never comes here");
            }
        }
    }

    static final class OthersLockProgram {
        private static final Object LOCK = new Object();
        private static final CountDownLatch HELD = new CountDownLatch(1);

        private OthersLockProgram() {}

        public static void main(String[] args) throws InterruptedException {
            Thread.ofPlatform().name("the-holder").start(OthersLockProgram::hold);
            HELD.await();
            Asyncio.run(() -> {
                var locked = Asyncio.createTask("the-locked-out-task", () -> {
                    synchronized (LOCK) {
                        return "went on";
                    }
                });
                Asyncio.sleep(Duration.ofSeconds(2));
                System.out.println("much later");
                System.out.println(Asyncio.await(locked));
            });
        }

        private static void hold() {
            synchronized (LOCK) {
                HELD.countDown();
                readInput();
            }
        }
    }

    private static int readInput() {
        try {
            return System.in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static final class AcceptingProgram {
        private AcceptingProgram() {}

        public static void main(String[] args) throws IOException {
            accept(1); // loads the classes
            Asyncio.run(() -> Asyncio.await(Asyncio.createTask("the-accepting-task", () -> accept(1_500))));
            System.out.println("accept ended");
        }

        private static void accept(int millis) throws IOException {
            try (var server = new ServerSocket(0)) {
                server.setSoTimeout(millis);
                server.accept();
            } catch (SocketTimeoutException e) {
                // As expected.
            }
        }
    }

    static final class FetchingProgram {
        private FetchingProgram() {}

        public static void main(String[] args) throws IOException {
            fetch(1); // loads the classes
            Asyncio.run(() -> Asyncio.await(Asyncio.createTask("the-fetching-task", () -> fetch(1_500))));
            System.out.println("fetch ended");
        }

        /** From a server that never answers. */
        private static void fetch(int millis) throws IOException {
            try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                String address = "http://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
                URLConnection connection = URI.create(address).toURL().openConnection(Proxy.NO_PROXY);
                connection.setReadTimeout(millis);
                connection.getInputStream();
            } catch (SocketTimeoutException e) {
                // As expected.
            }
        }
    }

    static final class InitialisedElsewhereProgram {
        private static final CountDownLatch BEGUN = new CountDownLatch(1);

        private InitialisedElsewhereProgram() {}

        static final class Slow {
            static final int VALUE = value();

            private static int value() {
                BEGUN.countDown();
                return readInput();
            }
        }

        public static void main(String[] args) throws InterruptedException {
            Thread.ofPlatform().start(() -> System.out.println("initialised " + Slow.VALUE));
            BEGUN.await();
            Asyncio.run(() -> Asyncio.await(
                    Asyncio.createTask("the-using-task", () -> System.out.println("used " + (char) Slow.VALUE))));
        }
    }

    static final class CallbackProgram {
        private CallbackProgram() {}

        public static void main(String[] args) {
            Asyncio.run(() -> {
                Asyncio.runningLoop().callSoon(() -> ComputingProgram.compute(1_000));
                Asyncio.sleep(Duration.ZERO);
                Asyncio.sleep(Duration.ZERO);
            });
        }
    }

    static final class FailingProgram {
        private FailingProgram() {}

        public static void main(String[] args) {
            try {
                Asyncio.run(() -> {
                    ComputingProgram.compute(1_500);
                    Asyncio.sleep(Duration.ofHours(1));
                });
            } catch (LoopStalledException e) {
                System.out.println("run ended: " + e);
            }
        }
    }

    static final class HealthyProgram {
        private HealthyProgram() {}

        public static void main(String[] args) {
            Asyncio.run(() -> {
                Asyncio.sleep(Duration.ofMillis(900));
                try {
                    Asyncio.timeout(Duration.ofMillis(900), () -> {
                        while (true) {
                            Asyncio.sleep(Duration.ZERO);
                        }
                    });
                } catch (TimeoutException e) {
                    System.out.println("healthy");
                }
            });
        }
    }
}
