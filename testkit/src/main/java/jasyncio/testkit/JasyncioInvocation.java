package jasyncio.testkit;

import jasyncio.EventLoop;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.opentest4j.TestAbortedException;

/** One run of a test method: its parameters, and the method as the main coroutine. */
final class JasyncioInvocation
        implements TestTemplateInvocationContext, ParameterResolver, InvocationInterceptor, AfterEachCallback {
    private static final List<Class<?>> PARAMETERS =
            List.of(VirtualClock.class, EventLoop.class, OrderLog.class, Schedule.class);

    private final String displayName;
    private final TestRun run;
    private final AtomicBoolean failed;

    /** @param failed set if this run fails */
    JasyncioInvocation(String displayName, long seed, boolean realTime, AtomicBoolean failed) {
        this.displayName = displayName;
        this.run = new TestRun(seed, realTime);
        this.failed = failed;
    }

    @Override
    public String getDisplayName(int index) {
        return displayName;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getDeclaringExecutable() instanceof Method
                && PARAMETERS.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == VirtualClock.class) {
            if (run.clock == null) {
                throw new ParameterResolutionException(
                        "A test with realTime = true has no VirtualClock: " + parameter.getDeclaringExecutable());
            }
            return run.clock;
        }
        return type == EventLoop.class ? run.loop : type == OrderLog.class ? run.log : run.schedule;
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        try {
            run.run(invocation::proceed);
        } catch (TestAbortedException e) {
            throw e;
        } catch (Throwable e) {
            failed.set(true);
            throw run.schedule.seed() == 0 ? e : new InterleavingError(run.schedule, method.getExecutable(), e);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        run.loop.close(); // open still if the method was never called
    }
}
