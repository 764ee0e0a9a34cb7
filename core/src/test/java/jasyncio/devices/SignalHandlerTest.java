package jasyncio.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.ContextVar;
import jasyncio.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import sun.misc.Signal;

/** Signal handlers of a loop. What a signal does to a JVM is tried in one of its own. */
@DisabledOnOs(OS.WINDOWS)
class SignalHandlerTest {
    private static final int TERMINATED = 128 + 15;

    @Test
    void handler_runsAsACallbackAndWakesTheLoop() throws Exception {
        try (ChildJvm child = ChildJvm.start(HandlingProgram.class)) {
            child.awaitLine("ready");
            String output = child.output(0);
            assertTrue(output.contains("handled in the context of its addition, on the loop: true"), output);
            assertTrue(output.contains("second handler"), output);
            assertFalse(output.contains("replaced handler"), output);
        }
    }

    @Test
    void handler_removed_isTheJvmsAgain() throws Exception {
        try (ChildJvm child = ChildJvm.start(RemovingProgram.class)) {
            child.awaitLine("removed true, again false");
            assertFalse(child.output(TERMINATED).contains("not ended"));
        }
    }

    @Test
    void handler_ofALoopThatWasClosed_isTheJvmsAgain() throws Exception {
        try (ChildJvm child = ChildJvm.start(ClosingProgram.class)) {
            child.awaitLine("closed");
            assertFalse(child.output(TERMINATED).contains("not ended"));
        }
    }

    @Test
    void signal_thatTheJvmKeeps_isRefused() {
        try (var loop = Asyncio.newEventLoop()) {
            for (String name : new String[] {"KILL", "SIGSEGV"}) {
                var e = assertThrows(IllegalArgumentException.class, () -> loop.addSignalHandler(name, () -> {}));
                assertEquals(
                        "Cannot handle the signal '" + name + "': the JVM or the operating system keeps it for itself; "
                                + "TERM, HUP, INT and USR2 are free for programs",
                        e.getMessage());
            }
        }
    }

    @Test
    void signal_thatDoesNotExist_isRefused() {
        try (var loop = Asyncio.newEventLoop()) {
            var e = assertThrows(IllegalArgumentException.class, () -> loop.addSignalHandler("NONSENSE", () -> {}));
            assertTrue(e.getMessage().contains("there is none of this name"), e.getMessage());
            assertFalse(loop.removeSignalHandler("TERM"));
        }
    }

    static final class HandlingProgram {
        private static final ContextVar<String> WHERE = new ContextVar<>("where");

        private HandlingProgram() {}

        public static void main(String[] args) {
            Asyncio.run(() -> {
                var loop = Asyncio.runningLoop();
                Future<@Nullable Void> handled = loop.createFuture();
                Future<@Nullable Void> again = loop.createFuture();
                WHERE.set("its addition");
                loop.addSignalHandler("HUP", () -> System.out.println("replaced handler"));
                loop.addSignalHandler("HUP", () -> {
                    System.out.println("handled in the context of " + WHERE.get() + ", on the loop: "
                            + (Asyncio.runningLoop() == loop));
                    handled.setResult(null);
                });
                WHERE.set("later");
                System.out.println("ready");
                Signal.raise(new Signal("HUP"));
                Asyncio.await(handled);
                loop.addSignalHandler("SIGUSR2", () -> {
                    System.out.println("second handler");
                    again.setResult(null);
                });
                Signal.raise(new Signal("USR2"));
                Asyncio.await(again);
            });
        }
    }

    static final class RemovingProgram {
        private RemovingProgram() {}

        public static void main(String[] args) throws InterruptedException {
            Asyncio.run(() -> {
                var loop = Asyncio.runningLoop();
                loop.addSignalHandler("TERM", () -> System.out.println("not ended"));
                boolean first = loop.removeSignalHandler("TERM");
                System.out.println("removed " + first + ", again " + loop.removeSignalHandler("TERM"));
            });
            terminateSelf();
        }
    }

    static final class ClosingProgram {
        private ClosingProgram() {}

        public static void main(String[] args) throws InterruptedException {
            Asyncio.run(() -> Asyncio.runningLoop().addSignalHandler("TERM", () -> System.out.println("not ended")));
            System.out.println("closed");
            terminateSelf();
        }
    }

    /** Ends the JVM, unless somebody handles the signal. */
    private static void terminateSelf() throws InterruptedException {
        Signal.raise(new Signal("TERM"));
        Thread.currentThread().join(10_000);
        System.out.println("not ended");
    }
}
