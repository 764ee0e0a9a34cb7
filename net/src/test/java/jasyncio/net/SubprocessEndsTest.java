package jasyncio.net;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.runningLoop;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.toThread;
import static jasyncio.net.Net.createSubprocessExec;
import static jasyncio.net.Net.createSubprocessShell;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jasyncio.CancelledError;
import jasyncio.Task;
import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What processes are given, and how they end. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class SubprocessEndsTest {
    private static final String COUNT = "wc -c";

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8).strip();
    }

    private static ProcessBuilder shell(String command) {
        return new ProcessBuilder("sh", "-c", command);
    }

    @Test
    void toString_tellsNumberAndExitCode() throws Exception {
        run(() -> {
            try (var p = createSubprocessShell("read go; exit 6")) {
                assertEquals("<Subprocess " + p.pid() + " running>", p.toString());
                p.communicate(new byte[0]);
                assertEquals("<Subprocess " + p.pid() + " exit code 6>", p.toString());
            }
        });
    }

    @Test
    void stdin_closed_isTheEndOfWhatTheProcessReads() throws Exception {
        run(() -> {
            try (var p = createSubprocessExec("cat")) {
                p.stdin().write("some data");
                p.stdin().drain();
                p.stdin().close();
                assertEquals("some data", text(p.stdout().readAll()));
                assertEquals(0, p.await());
            }
        });
    }

    @Test
    void communicate_withoutInput_orEmpty_endsIt() throws Exception {
        run(() -> {
            try (var none = createSubprocessShell(COUNT);
                    var empty = createSubprocessShell(COUNT)) {
                assertEquals("0", text(none.communicate().stdout()));
                assertEquals("0", text(empty.communicate(new byte[0]).stdout()));
                assertEquals(OptionalInt.of(0), empty.exitCode());
            }
        });
    }

    @Test
    void communicate_processThatOpensItsInputByName_getsIt() throws Exception {
        run(() -> {
            try (var p = createSubprocessShell(COUNT + " < /dev/stdin")) {
                assertEquals("3", text(p.communicate("abc".getBytes(UTF_8)).stdout()));
                assertEquals(0, p.await());
            }
        });
    }

    @Test
    void redirected_toNothing_isEmpty() throws Exception {
        run(() -> {
            try (var in = createSubprocessExec(shell(COUNT).redirectInput(Redirect.from(new File("/dev/null"))));
                    var out = createSubprocessExec(shell(COUNT).redirectOutput(Redirect.DISCARD));
                    var error = createSubprocessExec(
                            shell(COUNT + "; echo lost >&2").redirectError(Redirect.DISCARD))) {
                assertEquals("0", text(in.communicate().stdout()));
                assertEquals(0, out.communicate(new byte[0]).stdout().length);
                var output = error.communicate(new byte[0]);
                assertEquals("0", text(output.stdout()));
                assertEquals(0, output.stderr().length);
                for (Subprocess each : List.of(in, out, error)) {
                    assertEquals(0, each.await());
                }
            }
        });
    }

    @Test
    void environment_isThatOfTheBuilder() throws Exception {
        run(() -> {
            for (ProcessBuilder builder : List.of(shell("printf \"$FOO\""), new ProcessBuilder("printenv", "FOO"))) {
                builder.environment().put("FOO", "bar");
                try (var p = createSubprocessExec(builder)) {
                    assertEquals("bar", text(p.communicate().stdout()));
                    assertEquals(OptionalInt.of(0), p.exitCode());
                }
            }
        });
    }

    @Test
    void stdout_readSlowlyAfterTheEnd_isComplete() throws Exception {
        run(() -> {
            try (var p = createSubprocessShell("head -c 262144 /dev/zero; exit 1")) {
                int size = 0;
                for (int read; (read = p.stdout().read(65536).length) > 0; ) {
                    size += read;
                    sleep(ofMillis(20));
                }
                assertEquals(262_144, size);
                assertEquals(1, p.await());
            }
        });
    }

    @Test
    void await_cancelled_leavesTheProcessToOthers() throws Exception {
        run(() -> {
            try (var p = createSubprocessExec("sleep", "100")) {
                var waiting = createTask(p::await);
                runningLoop().callSoon(waiting::cancel);
                assertThrows(CancelledError.class, () -> await(waiting));
                assertFalse(waiting.cancel());
                assertEquals(OptionalInt.empty(), p.exitCode());
                p.kill();
                assertEquals(128 + 9, p.await());
            }
        });
    }

    @Test
    void await_byTenTasks_tellsAll() throws Exception {
        run(() -> {
            try (var p = createSubprocessShell("cat; exit 5")) {
                List<Task<Integer>> waiting = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    waiting.add(createTask(p::await));
                }
                assertEquals(
                        "some data",
                        text(p.communicate("some data".getBytes(UTF_8)).stdout()));
                for (var task : waiting) {
                    assertEquals(5, await(task));
                }
            }
        });
    }

    @Test
    void close_processThatHasEndedUnheard_keepsItsExitCode() throws Exception {
        run(() -> {
            var p = createSubprocessShell("exit 4");
            p.handle().onExit().join(); // the loop hears nothing meanwhile
            p.close();
            assertEquals(OptionalInt.of(4), p.exitCode());
        });
    }

    @Test
    void signal_thatIsNotHandled_endsTheProcess() throws Exception {
        run(() -> {
            try (var p = createSubprocessShell("echo sleeping; exec sleep 100")) {
                assertEquals("sleeping", p.stdout().readLine());
                p.sendSignal("TERM");
                assertEquals(128 + 15, p.await());
            }
        });
    }

    @Test
    void signal_thatMeetsTheEnd_isNoFailure() throws Exception {
        run(() -> {
            for (int i = 0; i < 10; i++) {
                try (var p = createSubprocessExec("sleep", "0.02")) {
                    sleep(ofMillis(20));
                    p.sendSignal("USR1");
                    assertNotEquals(255, p.await());
                }
            }
        });
    }

    @Test
    void process_ofALoopInAnotherThread_isHeard() throws Exception {
        run(() -> toThread(() -> run(() -> {
            try (var p = createSubprocessExec("cat")) {
                assertEquals(
                        "some data",
                        text(p.communicate("some data".getBytes(UTF_8)).stdout()));
                assertEquals(OptionalInt.of(0), p.exitCode());
            }
        })));
    }
}
