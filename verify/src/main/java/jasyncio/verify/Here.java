package jasyncio.verify;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs programs on jasyncio; one that hangs or breaks the library is a trace too. */
final class Here implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private ExecutorService thread = newThread();

    List<String> trace(Program program) throws InterruptedException {
        Future<List<String>> running = thread.submit(() -> Execution.trace(program));
        try {
            return running.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            thread.shutdownNow();
            thread = newThread();
            return List.of("hangs: does not end within " + PATIENCE_SECONDS + " s");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return List.of("crashes: " + cause + " at " + Arrays.toString(cause.getStackTrace()));
        }
    }

    private static ExecutorService newThread() {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("program").factory());
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
