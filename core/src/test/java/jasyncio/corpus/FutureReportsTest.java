package jasyncio.corpus;

import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.testing.VirtualLoop;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Futures that become garbage: only a failure nobody has seen is worth a report. */
class FutureReportsTest {
    private final IOException failure = new IOException("lost");

    private static WeakReference<Future<String>> drop(VirtualLoop v, Consumer<Future<String>> prepare) {
        Future<String> future = v.future();
        prepare.accept(future);
        return new WeakReference<>(future);
    }

    /** Returns what is reported when such a future becomes garbage, before and together with one that failed unseen. */
    private List<EventLoop.Failure> reports(VirtualLoop v, Consumer<Future<String>> prepare) {
        var dropped = drop(v, prepare);
        var reports = new ArrayList<EventLoop.Failure>();
        for (int i = 0; i < 100 && dropped.get() != null; i++) {
            collect(v, reports);
        }
        assertTrue(dropped.get() == null, "the future was not collected");
        var _ = drop(v, future -> future.setException(failure));
        for (int i = 0; i < 100 && reports.isEmpty(); i++) {
            collect(v, reports);
        }
        collect(v, reports);
        return reports;
    }

    private static void collect(VirtualLoop v, List<EventLoop.Failure> reports) {
        System.gc();
        sleep(ZERO);
        sleep(ZERO);
        reports.addAll(v.takeFailures());
    }

    private void assertNotReported(Consumer<Future<String>> prepare) {
        virtually(v -> {
            var reports = reports(v, prepare);
            assertEquals(1, reports.size(), reports.toString());
            assertSame(failure, reports.getFirst().exception());
        });
    }

    @Test
    void future_abandonedWhilePending_isNotReported() {
        assertNotReported(_ -> {});
    }

    @Test
    void failedFuture_cancelledAfterwards_isNotReported() {
        assertNotReported(future -> {
            future.setException(new IOException("other"));
            future.cancel();
        });
    }

    @Test
    void future_withAResultNobodyRead_isNotReported() {
        assertNotReported(future -> future.setResult("value"));
    }

    @Test
    void future_withAResultSomebodyRead_isNotReported() {
        assertNotReported(future -> {
            future.setResult("value");
            assertEquals("value", future.result());
        });
    }

    @Test
    void failedFuture_whoseExceptionWasRead_isNotReported() {
        assertNotReported(future -> {
            future.setException(new IOException("other"));
            assertEquals("other", String.valueOf(future.exception().getMessage()));
        });
    }

    @Test
    void failedFuture_whoseResultWasAskedFor_isNotReported() {
        assertNotReported(future -> {
            future.setException(new IOException("other"));
            assertThrows(IOException.class, future::result);
        });
    }

    @Test
    void failedFuture_inDebugMode_isReportedAlike() {
        virtually(v -> {
            v.loop().setDebug(true);
            v.loop().setSlowCallbackDuration(ofHours(1)); // collecting garbage takes its time
            var reports = reports(v, _ -> {});
            assertEquals(1, reports.size(), reports.toString());
            assertEquals(
                    "Future exception was never retrieved", reports.getFirst().message());
            v.loop().setDebug(false);
        });
    }
}
