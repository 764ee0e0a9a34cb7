package jasyncio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.testing.LogCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Failures that have nowhere else to go. */
class ExceptionHandlerTest {
    private final EventLoop loop = Asyncio.newEventLoop(o -> o.name("handler"));
    private final RuntimeException failure = new IllegalArgumentException("broken");

    @AfterEach
    void close() {
        loop.close();
    }

    private void runAFailingCallback() {
        loop.callSoon(() -> {
            throw failure;
        });
        loop.callSoon(loop::stop);
        loop.runForever();
    }

    @Test
    void failingCallback_withAHandler_goesThereAndNotToTheLog() {
        var told = new ArrayList<EventLoop.Failure>();
        loop.setExceptionHandler(told::add);
        try (var log = new LogCapture()) {
            runAFailingCallback();
            assertEquals(List.of(), log.messages());
        }
        assertEquals(1, told.size());
        assertSame(failure, told.getFirst().exception());
        assertEquals(
                "Exception in callback <Handle ExceptionHandlerTest lambda>",
                told.getFirst().message());
    }

    @Test
    void failingCallback_withoutAHandler_isLoggedWithItsException() {
        try (var log = new LogCapture()) {
            runAFailingCallback();
            assertEquals(1, log.records().size());
            assertEquals(Level.SEVERE, log.records().getFirst().getLevel());
            assertSame(failure, log.records().getFirst().getThrown());
        }
    }

    @Test
    void nullHandler_bringsTheDefaultBack() {
        loop.setExceptionHandler(_ -> {});
        loop.setExceptionHandler(null);
        try (var log = new LogCapture()) {
            runAFailingCallback();
            assertSame(failure, log.records().getFirst().getThrown());
        }
    }

    @Test
    void failingHandler_isLoggedTogetherWithWhatItWasTold() {
        var second = new IllegalStateException("handler");
        loop.setExceptionHandler(_ -> {
            throw second;
        });
        try (var log = new LogCapture()) {
            runAFailingCallback();
            assertEquals(2, log.records().size());
            assertEquals(
                    "SEVERE: Unhandled error in exception handler",
                    log.messages().getFirst());
            assertSame(second, log.records().getFirst().getThrown());
            assertSame(failure, log.records().get(1).getThrown());
        }
    }

    @Test
    void handler_runsInTheLoopAndMayUseIt() {
        var seen = new ArrayList<EventLoop>();
        loop.setExceptionHandler(_ -> {
            seen.add(Asyncio.runningLoop());
            loop.callSoon(loop::stop);
        });
        loop.callSoon(() -> {
            throw failure;
        });
        loop.runForever();
        assertEquals(List.of(loop), seen);
    }

    @Test
    void keyboardInterruptInACallback_leavesTheLoop() {
        var interrupt = new KeyboardInterrupt();
        loop.callSoon(() -> {
            throw interrupt;
        });
        assertSame(interrupt, assertThrows(KeyboardInterrupt.class, loop::runForever));
        loop.callSoon(loop::stop);
        loop.runForever(); // can run again
    }

    @Test
    void callExceptionHandler_byTheProgram_tellsTheHandler() {
        var told = new ArrayList<EventLoop.Failure>();
        loop.setExceptionHandler(told::add);
        var own = new EventLoop.Failure("own", null, null);
        loop.callExceptionHandler(own);
        assertEquals(List.of(own), told);
    }

    @Test
    void failureAboutATask_isLoggedWithTheTask() {
        try (var log = new LogCapture()) {
            var task = loop.createTask(() -> 1);
            loop.defaultExceptionHandler(new EventLoop.Failure("Something about a task", failure, task));
            assertTrue(
                    log.messages().getFirst().startsWith("SEVERE: Something about a task\n  <Task pending name='Task-"),
                    log.messages().toString());
            loop.runUntilComplete(task);
        }
    }
}
