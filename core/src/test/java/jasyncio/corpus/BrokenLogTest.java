package jasyncio.corpus;

import static jasyncio.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** The last resort fails too: failures go to the log, and the program's log handler throws. */
class BrokenLogTest {

    private static final class Broken extends Handler {
        private final List<String> seen = new ArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            seen.add(entry.getMessage());
            throw new IllegalStateException("a log handler that throws, on purpose");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void logHandlerThatThrows_theLoopAndItsOtherCallbacksGoOn() {
        Logger logger = Logger.getLogger("jasyncio");
        var broken = new Broken();
        var log = new ArrayList<String>();
        logger.setUseParentHandlers(false);
        logger.addHandler(broken);
        try (EventLoop loop = Asyncio.newEventLoop()) {
            loop.callSoon(() -> log.add("before"));
            loop.callSoon(() -> {
                throw new IllegalArgumentException("mine");
            });
            loop.callSoon(() -> log.add("after"));
            loop.runUntilComplete(() -> {
                sleep(ZERO);
                log.add("task");
            });
        } finally {
            logger.removeHandler(broken);
            logger.setUseParentHandlers(true);
        }
        assertEquals(List.of("before", "after", "task"), log);
        assertEquals(
                List.of(
                        "Exception in callback <Handle BrokenLogTest lambda>",
                        "Exception in default exception handler: java.lang.IllegalStateException, while it told of: "
                                + "Exception in callback <Handle BrokenLogTest lambda>"),
                broken.seen);
    }
}
