package jasyncio.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.EngineFilter.includeEngines;

import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a class of tests as an IDE would, and keeps what became of each. */
final class Launched implements TestExecutionListener {
    private final List<Result> results = new ArrayList<>();

    /** How one test ended. */
    record Result(String name, TestExecutionResult.Status status, Throwable failure) {
        String message() {
            return failure == null ? "" : String.valueOf(failure.getMessage());
        }
    }

    static List<Result> run(Class<?> tests) {
        var listener = new Launched();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .filters(includeEngines("junit-jupiter"))
                .build();
        LauncherFactory.create().execute(request, listener);
        return listener.results;
    }

    /** Runs a class whose single test fails, and returns the failure. */
    static Throwable failureOf(Class<?> tests) {
        List<Result> results = run(tests);
        Result last = results.getLast();
        if (last.failure == null) {
            throw new AssertionError("Expected a failure, but got " + results);
        }
        return last.failure;
    }

    /** The same with the property that chooses a seed. */
    static List<Result> run(Class<?> tests, long seed) {
        System.setProperty("jasyncio.seed", Long.toString(seed));
        try {
            return run(tests);
        } finally {
            System.clearProperty("jasyncio.seed");
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest() || result.getThrowable().isPresent()) {
            results.add(new Result(
                    test.getDisplayName(),
                    result.getStatus(),
                    result.getThrowable().orElse(null)));
        }
    }
}
