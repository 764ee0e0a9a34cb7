package jasyncio.testkit;

import java.lang.reflect.Method;
import java.util.List;

/** A test failed under a schedule: what failed is the cause, the message tells who ran and how to repeat it. */
final class InterleavingError extends AssertionError {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 60;

    InterleavingError(Schedule schedule, Method test, Throwable failure) {
        super(
                "Failed under the schedule of seed " + schedule.seed() + ": " + failure
                        + "\nTo repeat it: " + command(test, schedule.seed())
                        + "\nWho ran:" + lines(schedule.ran()),
                failure);
    }

    private static String command(Method test, long seed) {
        String className = test.getDeclaringClass().getName();
        String which = "-Dtest=" + className.substring(className.lastIndexOf('.') + 1) + "#" + test.getName();
        // A shell would take $Inner for a variable.
        return "mvn test " + (which.contains("$") ? "'" + which + "'" : which) + " -D" + JasyncioExtension.SEED + "="
                + seed;
    }

    private static String lines(List<String> ran) {
        List<String> shown = ran.subList(Math.max(0, ran.size() - SHOWN), ran.size());
        return (shown.size() < ran.size() ? "\n  …" : "") + "\n  " + String.join("\n  ", shown);
    }
}
