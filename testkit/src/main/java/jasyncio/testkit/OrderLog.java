package jasyncio.testkit;

import jasyncio.LowLevel;
import jasyncio.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * Asserts that a test passes numbered places in order: {@code expect(1)} here, {@code expect(2)} there, {@code finish(3)} at the end.
 *
 * {@snippet :
 * log.expect(1);
 * var child = createTask(() -> log.expect(3));
 * log.expect(2);
 * await(child);
 * log.finish(4);
 * }
 *
 * <p>A {@link JasyncioTest} that passed a place fails if it did not come to {@code finish}. No method suspends; all are thread-safe.
 */
public final class OrderLog {
    private static final StackWalker WALKER = StackWalker.getInstance();

    private final List<String> passed = new ArrayList<>();
    private boolean finished;

    /** Creates a log that expects 1 first. */
    public OrderLog() {}

    /**
     * Passes place {@code number}.
     *
     * @throws AssertionError if it is another's turn, naming both and what came before
     */
    public void expect(int number) {
        pass(number, false);
    }

    /** Passes the last place: none may come after it. */
    public void finish(int number) {
        pass(number, true);
    }

    /**
     * Checks that {@link #finish} was passed, if any place was.
     *
     * @throws AssertionError if not
     */
    public synchronized void verify() {
        if (!passed.isEmpty() && !finished) {
            throw new AssertionError(
                    "The test ended after " + passed.size() + " and did not come to finish(…)" + history());
        }
    }

    private synchronized void pass(int number, boolean last) {
        String here = number + where();
        int due = passed.size() + 1;
        if (finished) {
            throw new AssertionError("Came to " + here + " after the end" + history());
        }
        if (number != due) {
            throw new AssertionError("Expected to come to " + due + " next, but came to " + here + history());
        }
        passed.add(here);
        finished = last;
    }

    private static String where() {
        String frame =
                WALKER.walk(frames -> frames.filter(f -> !f.getClassName().equals(OrderLog.class.getName()))
                        .findFirst()
                        .map(StackWalker.StackFrame::toStackTraceElement)
                        .map(e -> " at " + e.getFileName() + ":" + e.getLineNumber())
                        .orElse(""));
        Task<?> task = LowLevel.currentTask();
        return frame + (task == null ? "" : " in task '" + task.name() + "'");
    }

    private String history() {
        return passed.isEmpty() ? "; nothing came before" : "; before that came\n  " + String.join("\n  ", passed);
    }
}
