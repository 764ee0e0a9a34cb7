package jasyncio.net;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.timeout;
import static jasyncio.net.Net.createSubprocessExec;
import static jasyncio.net.Net.createSubprocessShell;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.CancelledError;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Processes of the machine's shell; what they do takes real time. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class SubprocessTest {
    private static final int TERMINATED = 128 + 15;
    private static final int KILLED = 128 + 9;

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    @Test
    void communicate_sendsInputAndReturnsBothOutputs() throws Exception {
        run(() -> {
            try (var p = createSubprocessShell("cat; echo oops >&2; exit 3")) {
                assertEquals(OptionalInt.empty(), p.exitCode());
                var output = p.communicate("in\n".getBytes(UTF_8));
                assertEquals("in\n", text(output.stdout()));
                assertEquals("oops\n", text(output.stderr()));
                assertEquals(OptionalInt.of(3), p.exitCode());
                assertEquals(3, p.await());
            }
        });
    }

    @Test
    void communicate_largeDataBothWays_comesBackAsItWas() throws Exception {
        byte[] large = new byte[5_000_000];
        new Random(1).nextBytes(large);
        run(() -> {
            try (var p = createSubprocessExec("cat")) {
                assertArrayEquals(large, p.communicate(large).stdout());
            }
        });
    }

    @Test
    void communicate_processThatReadsNothing_isNoFailure() throws Exception {
        run(() -> {
            try (var p = createSubprocessExec("true")) {
                var output = p.communicate(new byte[1_000_000]);
                assertEquals(0, output.stdout().length);
                assertEquals(0, p.await());
            }
        });
    }

    @Test
    void communicate_cancelled_losesNothing() throws Exception {
        run(() -> {
            try (var p = createSubprocessShell("echo one; sleep 0.2; echo two")) {
                assertThrows(TimeoutException.class, () -> timeout(ofMillis(100), () -> p.communicate()));
                assertEquals("one\ntwo\n", text(p.communicate().stdout()));
            }
        });
    }

    @Test
    void communicate_byTwoTasks_isRefused() throws Exception {
        run(() -> {
            try (var p = createSubprocessExec("sleep", "100")) {
                var first = createTask(() -> p.communicate());
                sleep(Duration.ZERO);
                assertThrows(IllegalStateException.class, () -> p.communicate());
                first.cancel();
            }
        });
    }

    @Test
    void streams_conversation_goesLineByLine() throws Exception {
        run(() -> {
            try (var p = createSubprocessShell("while read line; do echo \"<$line>\"; done")) {
                for (String line : new String[] {"a", "b", "c"}) {
                    p.stdin().write(line + "\n");
                    p.stdin().drain();
                    assertEquals("<" + line + ">", p.stdout().readLine());
                }
                p.stdin().close();
                assertNull(p.stdout().readLine());
                assertEquals(0, p.await());
            }
        });
    }

    @Test
    void stdout_notRead_makesTheProcessWait() throws Exception {
        run(() -> {
            try (var p = createSubprocessExec(
                    new ProcessBuilder("sh", "-c", "yes | head -c 3000000; echo done >&2"), 1000)) {
                assertThrows(
                        TimeoutException.class,
                        () -> timeout(ofMillis(300), () -> p.stderr().readLine()));
                assertEquals(3_000_000, p.stdout().readAll().length);
                assertEquals("done", p.stderr().readLine());
            }
        });
    }

    @Test
    void stdout_withALimitOfOneByte_isReadToItsEnd() throws Exception {
        run(() -> {
            try (var p = createSubprocessExec(new ProcessBuilder("printf", "data"), 1)) {
                assertEquals(0, p.await());
                assertEquals("data", text(p.stdout().readAll()));
            }
        });
    }

    @Test
    void drain_processThatDoesNotRead_waits() throws Exception {
        run(() -> {
            try (var p = createSubprocessShell("read go < /dev/tty_that_is_not_there; sleep 0.3; wc -c")) {
                p.stdin().write(new byte[500_000]);
                assertThrows(
                        TimeoutException.class,
                        () -> timeout(ofMillis(50), () -> p.stdin().drain()));
                p.stdin().drain();
                p.stdin().close();
                assertEquals("500000", text(p.stdout().readAll()).strip());
            }
        });
    }

    @Test
    void drain_processThatHasEnded_fails() throws Exception {
        run(() -> {
            try (var p = createSubprocessShell("exec <&-; echo closed; sleep 100")) {
                assertEquals("closed", p.stdout().readLine());
                p.stdin().write(new byte[500_000]);
                var e = assertThrows(IOException.class, () -> p.stdin().drain());
                assertTrue(e.getMessage().startsWith("The process reads no more"), e.getMessage());
            }
        });
    }

    @Test
    void stdin_afterTheEnd_isClosed() throws Exception {
        run(() -> {
            try (var p = createSubprocessExec("true")) {
                p.await();
                timeout(ofSeconds(10), () -> p.stdin().waitClosed());
            }
        });
    }

    @Test
    void await_grandchildThatHoldsAPipe_doesNotWaitForIt() throws Exception {
        run(() -> {
            try (var p = createSubprocessShell("(sleep 0.3; echo late) & echo early; read go; exit 0")) {
                assertEquals("early", p.stdout().readLine());
                p.stdin().write("go\n");
                assertEquals(0, timeout(ofSeconds(10), () -> p.await()));
                assertFalse(p.stdout().atEof());
                assertEquals("late", p.stdout().readLine());
            }
        });
    }

    @Test
    void terminate_andKill_endTheProcess() throws Exception {
        run(() -> {
            try (var p = createSubprocessExec("sleep", "100");
                    var q = createSubprocessExec("sleep", "100")) {
                p.terminate();
                q.kill();
                assertEquals(TERMINATED, p.await());
                assertEquals(KILLED, q.await());
                p.terminate(); // nothing happens
                q.kill();
            }
        });
    }

    @Test
    void terminate_handledByTheProcess_keepsItsOutput() throws Exception {
        run(() -> {
            try (var p =
                    createSubprocessShell("trap 'echo bye; exit 7' TERM; echo ready; while :; do sleep 0.01; done")) {
                assertEquals("ready", p.stdout().readLine());
                p.terminate();
                assertEquals("bye\n", text(p.communicate().stdout()));
                assertEquals(7, p.await());
            }
        });
    }

    @Test
    void sendSignal_reachesTheProcess() throws Exception {
        run(() -> {
            try (var p = createSubprocessShell("trap 'echo hup' HUP; echo ready; while :; do sleep 0.01; done")) {
                assertEquals("ready", p.stdout().readLine());
                p.sendSignal("SIGHUP");
                assertEquals("hup", p.stdout().readLine());
                var e = assertThrows(IOException.class, () -> p.sendSignal("NONSENSE"));
                assertTrue(e.getMessage().contains("'NONSENSE'"), e.getMessage());
            }
        });
    }

    @Test
    void close_killsAndWaits() throws Exception {
        run(() -> {
            var p = createSubprocessShell("trap '' TERM; echo ready; sleep 100");
            assertEquals("ready", p.stdout().readLine());
            p.close();
            assertEquals(OptionalInt.of(KILLED), p.exitCode());
            assertFalse(p.handle().isAlive());
            p.close();
        });
    }

    @Test
    void close_cancelled_leavesTheCancellationToTheNextAwait() throws Exception {
        run(() -> {
            var order = new StringBuilder();
            var task = createTask(() -> {
                var p = createSubprocessExec("sleep", "100");
                jasyncio.Asyncio.currentTask().cancel();
                p.close();
                order.append("closed ").append(p.exitCode().isPresent());
                try {
                    sleep(Duration.ZERO);
                } catch (CancelledError e) {
                    order.append(", cancelled");
                    throw e;
                }
            });
            assertThrows(CancelledError.class, () -> await(task));
            assertEquals("closed true, cancelled", order.toString());
        });
    }

    @Test
    void timeout_aroundTheUse_leavesNoProcess() throws Exception {
        run(() -> {
            var handle = new ProcessHandle[1];
            assertThrows(
                    TimeoutException.class,
                    () -> timeout(ofMillis(100), () -> {
                        try (var p = createSubprocessExec("sleep", "100")) {
                            handle[0] = p.handle();
                            p.await();
                        }
                    }));
            assertFalse(handle[0].isAlive());
        });
    }

    @Test
    void create_cancelledWhileStarting_leavesNoProcess(@TempDir Path directory) throws Exception {
        Path started = directory.resolve("started");
        run(() -> {
            var task = createTask(() -> createSubprocessExec("sh", "-c", "echo $$ > " + started + "; exec sleep 100"));
            sleep(Duration.ZERO); // a thread starts it
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
            sleep(ofMillis(500)); // whether the process came to life at all was a race
            if (Files.exists(started) && Files.size(started) > 0) {
                long pid = Long.parseLong(Files.readString(started).strip());
                assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
            }
        });
    }

    @Test
    void create_unknownProgram_isRefusedWithItsName() {
        var e = assertThrows(IOException.class, () -> run(() -> createSubprocessExec("no-such-program-anywhere")));
        assertTrue(e.getMessage().contains("no-such-program-anywhere"), e.getMessage());
    }

    @Test
    void redirected_pipesAreRefusedByName(@TempDir Path directory) throws Exception {
        run(() -> {
            var file = directory.resolve("out").toFile();
            var builder = new ProcessBuilder("sh", "-c", "echo to the file; echo both >&2")
                    .redirectInput(Redirect.from(new java.io.File("/dev/null")))
                    .redirectOutput(file)
                    .redirectErrorStream(true);
            try (var p = createSubprocessExec(builder)) {
                for (var pipe : java.util.Map.<String, Runnable>of(
                                "stdin", p::stdin, "stdout", p::stdout, "stderr", p::stderr)
                        .entrySet()) {
                    var e = assertThrows(
                            IllegalStateException.class, () -> pipe.getValue().run());
                    assertTrue(e.getMessage().contains(pipe.getKey()), e.getMessage());
                }
                assertEquals(0, p.communicate().stdout().length);
                assertEquals("to the file\nboth\n", Files.readString(file.toPath()));
            }
        });
    }

    @Test
    void end_beforeAnybodyListens_isNotLost() throws Exception {
        run(() -> {
            for (int i = 0; i < 30; i++) { // a race between the process and the loop
                try (var p = createSubprocessExec("true")) {
                    assertEquals(0, timeout(ofSeconds(10), () -> p.stdout().readAll()).length);
                    assertEquals(0, timeout(ofSeconds(10), () -> p.stderr().readAll()).length);
                }
            }
        });
    }

    @Test
    void manyAtOnce_allComeBack() throws Exception {
        run(() -> {
            var tasks = new java.util.ArrayList<jasyncio.Task<String>>();
            for (int i = 0; i < 50; i++) {
                int number = i;
                tasks.add(createTask(() -> {
                    try (var p = createSubprocessShell("sleep 0.1; echo " + number)) {
                        return text(p.communicate().stdout()).strip();
                    }
                }));
            }
            var results = await(gather(tasks));
            for (int i = 0; i < 50; i++) {
                assertEquals(Integer.toString(i), results.get(i));
            }
        });
    }

    @Test
    void chunk_fromASocket_canBeWrittenToAProcess() throws Exception {
        run(() -> {
            try (var server = Net.startServer("127.0.0.1", 0, (_, writer) -> writer.write("x".repeat(200_000)));
                    var c = Net.openConnection(
                            "127.0.0.1",
                            ((java.net.InetSocketAddress) server.addresses().getFirst()).getPort());
                    var p = createSubprocessExec("wc", "-c")) {
                for (Chunk chunk; (chunk = c.reader().readChunk()) != null; ) {
                    p.stdin().write(chunk);
                    p.stdin().drain();
                }
                assertEquals("200000", text(p.communicate().stdout()).strip());
            }
        });
    }
}
