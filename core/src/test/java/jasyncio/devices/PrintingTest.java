package jasyncio.devices;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.Task;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A thread, tasks and callbacks that all print to one stream. If a callback ran on the bare loop thread it would sooner or later wait for
 * the stream's lock behind a task that is next in line for it, and that task waits for the loop.
 */
class PrintingTest {
    private static final Duration NORMAL = Duration.ofMillis(Long.getLong("jasyncio.test.printing", 1_500));

    @Test
    void println_fromThreadTasksAndCallbacks_doesNotStopTheLoop() throws InterruptedException {
        var printer = new PrintStream(new Slow(), true, StandardCharsets.UTF_8);
        printFor(NORMAL, printer::println);
    }

    @Test
    void logger_fromThreadTasksAndCallbacks_doesNotStopTheLoop() throws InterruptedException {
        Logger logger = Logger.getAnonymousLogger();
        logger.setUseParentHandlers(false);
        var handler = new Flushing();
        logger.addHandler(handler);
        printFor(NORMAL, logger::info);
        handler.close();
    }

    @Test
    void monitor_fromThreadTasksAndCallbacks_doesNotStopTheLoop() throws InterruptedException {
        var lines = new ArrayList<String>();
        var slow = new Slow();
        printFor(NORMAL, line -> {
            synchronized (lines) {
                slow.write(1);
                lines.add(line);
                lines.clear();
            }
        });
    }

    @Test
    @Tag("load")
    @Timeout(120)
    void println_forTwentySeconds_doesNotStopTheLoop() throws InterruptedException {
        var printer = new PrintStream(new Slow(), true, StandardCharsets.UTF_8);
        printFor(Duration.ofSeconds(20), printer::println);
    }

    private interface Printer {
        void print(String line);
    }

    /** Long enough in the lock that others come to wait for it. */
    private static final class Slow extends OutputStream {
        @Override
        public void write(int b) {
            for (int i = 0; i < 200; i++) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            write(0);
        }
    }

    private static final class Flushing extends StreamHandler {
        private Flushing() {
            super(new Slow(), new SimpleFormatter());
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord line) {
            super.publish(line);
            flush();
        }
    }

    private static void printFor(Duration length, Printer printer) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        var stop = new AtomicInteger();
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            while (stop.get() == 0) {
                printer.print("thread");
            }
        });
        var callbacks = new AtomicInteger();
        var steps = new AtomicInteger();
        Asyncio.run(() -> {
            EventLoop loop = Asyncio.runningLoop();
            List<Task<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                tasks.add(Asyncio.createTask(() -> {
                    while (System.nanoTime() < end) {
                        printer.print("task");
                        steps.incrementAndGet();
                        loop.callSoon(() -> {
                            printer.print("callback");
                            callbacks.incrementAndGet();
                        });
                        Asyncio.sleep(Duration.ZERO);
                    }
                }));
            }
            Asyncio.await(Asyncio.gather(tasks));
        });
        stop.set(1);
        assertTrue(thread.join(Duration.ofSeconds(10)), "the thread ended");
        assertTrue(steps.get() > 100 && callbacks.get() > 100, steps + " steps, " + callbacks + " callbacks");
    }
}
