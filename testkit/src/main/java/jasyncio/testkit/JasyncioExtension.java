package jasyncio.testkit;

import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What JUnit calls for {@link JasyncioTest}: makes its invocations, one, or one for each schedule up to the first that fails. Tests
 * use the annotations.
 */
public final class JasyncioExtension implements TestTemplateInvocationContextProvider {
    static final String SEED = "jasyncio.seed";

    /** For JUnit. */
    public JasyncioExtension() {}

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), JasyncioTest.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        boolean realTime = AnnotationSupport.findAnnotation(method, JasyncioTest.class)
                .map(JasyncioTest::realTime)
                .orElse(false);
        String seed = System.getProperty(SEED);
        var failed = new AtomicBoolean();
        if (seed == null && !method.isAnnotationPresent(Interleavings.class)) {
            return Stream.of(new JasyncioInvocation(context.getDisplayName(), 0, realTime, failed));
        }
        LongStream seeds = seed == null ? seeds(method) : LongStream.of(parse(seed));
        return seeds.takeWhile(_ -> !failed.get())
                .mapToObj(s -> new JasyncioInvocation("[seed " + s + "]", s, realTime, failed));
    }

    private static LongStream seeds(Method method) {
        Interleavings explored = method.getAnnotation(Interleavings.class);
        if (explored.value() < 1) {
            throw new IllegalArgumentException(
                    "@Interleavings(" + explored.value() + ") of " + method + " runs nothing: give at least 1");
        }
        return LongStream.range(explored.from(), explored.from() + explored.value());
    }

    private static long parse(String seed) {
        try {
            return Long.parseLong(seed);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Not a seed: -D" + SEED + "=" + seed + "; a whole number such as 17", e);
        }
    }
}
