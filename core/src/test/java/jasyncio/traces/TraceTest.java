package jasyncio.traces;

import static java.lang.invoke.MethodType.methodType;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import jasyncio.Action;
import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Compares every case with the recording of its Python counterpart. */
class TraceTest {
    private static final Duration AT_MOST = Duration.ofSeconds(30);

    /** Cases that are the body of the task "main". */
    private static final List<Class<?>> IN_A_TASK = List.of(
            Scheduling.class,
            Futures.class,
            Tasks.class,
            Sleeping.class,
            Cancellation.class,
            CancellationChains.class,
            Uncancelling.class,
            Shields.class,
            WaitFor.class,
            Timeouts.class,
            TimeoutConflicts.class,
            Groups.class,
            GroupCancellation.class,
            NestedGroups.class,
            Gathering.class,
            GatherCancellation.class,
            Waiting.class,
            Completion.class,
            Eager.class,
            Contexts.class,
            GeneratorCoroutines.class,
            Asyncgens.class,
            AsyncgenClosing.class,
            ContextManagers.class,
            Locks.class,
            Events.class,
            Conditions.class,
            ConditionCancellation.class,
            Semaphores.class,
            Barriers.class,
            Queues.class,
            QueueCancellation.class,
            QueueShutdown.class,
            Staggered.class);

    /** Cases that drive their loops themselves, or need none. */
    private static final List<Class<?>> DRIVING = List.of(
            Loops.class,
            Runners.class,
            Generators.class,
            GeneratorExceptions.class,
            GeneratorDelegation.class,
            GeneratorSharing.class,
            AsyncgenRuns.class);

    @TestFactory
    Stream<DynamicTest> everyCase_onVirtualTime_logsWhatCPythonLogged() {
        return Stream.concat(
                cases(IN_A_TASK).entrySet().stream()
                        .map(each -> test(each.getKey(), trace -> runAsMain(each.getValue(), trace))),
                cases(DRIVING).entrySet().stream()
                        .map(each -> test(each.getKey(), trace -> invoke(each.getValue(), trace))));
    }

    @Test
    void recordings_andCases_haveTheSameNames() {
        var names = new TreeSet<>(cases(IN_A_TASK).keySet());
        names.addAll(cases(DRIVING).keySet());
        assertEquals(
                String.join("\n", new TreeSet<>(recording("index"))), String.join("\n", names), "recorded and written");
    }

    private interface Case {
        void run(Trace trace) throws Exception;
    }

    /** The names of the cases that switch raw continuations, by which the disturbance knows them too. */
    private static final Set<String> OF_GENERATORS = cases(Stream.concat(IN_A_TASK.stream(), DRIVING.stream())
                    .filter(each -> each.getSimpleName().startsWith("Generator"))
                    .toList())
            .keySet();

    private static DynamicTest test(String name, Case body) {
        return dynamicTest(OF_GENERATORS.contains(name) ? "generators: " + name : name, () -> {
            List<String> actual = assertTimeoutPreemptively(AT_MOST, () -> log(body));
            List<String> expected = recording(name);
            if (!expected.equals(actual)) {
                fail(name + " differs (- CPython, + here)\n" + Difference.between(expected, actual));
            }
        });
    }

    private static List<String> log(Case body) throws Exception {
        var trace = new Trace();
        try {
            body.run(trace);
        } finally {
            trace.finish();
            dismantle(trace.loop());
        }
        return trace.finish();
    }

    private static void runAsMain(MethodHandle method, Trace trace) {
        Action<Exception> body = () -> invoke(method, trace);
        Task<Void> main = trace.loop().task().name("main").start(body);
        trace.attempt("main", () -> trace.loop().runUntilComplete(main));
    }

    /** Ends what the case left behind, after its log is complete. */
    private static void dismantle(EventLoop loop) {
        if (loop.closed()) {
            return;
        }
        loop.runUntilComplete(() -> {
            for (int round = 0; round < 10 && cancelOthers(); round++) {}
        });
        loop.close();
    }

    private static boolean cancelOthers() {
        var others = new LinkedHashSet<Task<?>>(Asyncio.allTasks());
        others.remove(Asyncio.currentTask());
        if (others.isEmpty()) {
            return false;
        }
        others.forEach(Task::cancel);
        var _ = Asyncio.wait(others, Duration.ofSeconds(1000));
        return true;
    }

    /** The cases of some classes by the name of their recording. */
    private static Map<String, MethodHandle> cases(List<Class<?>> classes) {
        return classes.stream()
                .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
                .filter(TraceTest::isCase)
                .collect(toMap(method -> snakeCase(method.getName()), TraceTest::handle));
    }

    private static boolean isCase(Method method) {
        return !method.isSynthetic()
                && !Modifier.isPrivate(method.getModifiers())
                && Arrays.equals(method.getParameterTypes(), new Class<?>[] {Trace.class});
    }

    private static MethodHandle handle(Method method) {
        try {
            return MethodHandles.lookup().unreflect(method).asType(methodType(void.class, Trace.class));
        } catch (IllegalAccessException e) {
            throw new AssertionError(method + " cannot be called", e);
        }
    }

    /** Method handles leave no native frame on the stack, which would pin a coroutine. */
    private static void invoke(MethodHandle method, Trace trace) throws Exception {
        try {
            method.invokeExact(trace);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static List<String> recording(String name) {
        try (var in = TraceTest.class.getResourceAsStream("/traces/" + name + ".txt")) {
            return in == null
                    ? List.of("(no recording)")
                    : new String(in.readAllBytes(), UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
