package jasyncio.blocking;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.launcher.TagFilter.includeTags;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the tests tagged {@code blocking}, and prints how each ended and why. */
final class TaggedBlocking {
    /** Begins the line of a test that failed because of the watchdog. */
    static final String STALLED = "STALLED ";

    /** Begins the line of a test that ended in any other way. */
    static final String OTHERWISE = "OTHERWISE ";

    private TaggedBlocking() {}

    public static void main(String[] args) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage("jasyncio"))
                .filters(includeTags("blocking"), includeClassNamePatterns(".*Test"))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "16")
                .build();
        LauncherFactory.create().execute(request, new Reporter(out));
        out.println("END");
        System.exit(0); // some of the blocked threads are no daemons
    }

    private record Reporter(PrintStream out) implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                String reasons = reasons(result.getThrowable().orElse(null));
                boolean stalled = result.getStatus() == Status.FAILED
                        && List.of(
                                        "LoopStalledException",
                                        "has not moved",
                                        "On the portable backend",
                                        "--add-opens java.base/java.lang")
                                .stream()
                                .allMatch(reasons::contains);
                String name =
                        test.getUniqueId().replaceFirst(".*\\[class:jasyncio\\.", "") + " " + test.getDisplayName();
                out.println(
                        stalled
                                ? STALLED + name
                                : OTHERWISE + name + ": " + result.getStatus() + " " + reasons.replace('\n', ' '));
            }
        }

        /** The failure, its causes, and what was suppressed under them. */
        private static String reasons(Throwable failure) {
            List<String> all = new ArrayList<>();
            for (Throwable e = failure; e != null && all.size() < 20; e = e.getCause()) {
                all.add(e.toString());
            }
            return String.join(" <- ", all);
        }
    }
}
