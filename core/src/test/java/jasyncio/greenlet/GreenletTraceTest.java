package jasyncio.greenlet;

import static java.lang.invoke.MethodType.methodType;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import jasyncio.Asyncio;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Compares every case with the recording of its Python counterpart, made with the C extension greenlet. */
class GreenletTraceTest {
    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private static final Map<String, MethodHandle> CASES =
            cases(Switching.class, Ending.class, Throwing.class, Parents.class, Tracing.class, Threads.class);

    @TestFactory
    Stream<DynamicTest> everyCase_onAThread_logsWhatGreenletLogged() {
        return tests((name, body) -> onThread(Thread.ofPlatform(), body));
    }

    @TestFactory
    Stream<DynamicTest> everyCase_onAVirtualThread_logsWhatGreenletLogged() {
        return tests((name, body) -> onThread(Thread.ofVirtual(), body));
    }

    @TestFactory
    Stream<DynamicTest> everyCase_inATask_logsWhatGreenletLogged() {
        return tests((name, body) -> Asyncio.run(() -> log(body)));
    }

    @Test
    void recordings_andCases_haveTheSameNames() {
        assertEquals(String.join("\n", new TreeSet<>(recording("index"))), String.join("\n", CASES.keySet()));
    }

    private interface Place {
        List<String> log(String name, MethodHandle body) throws Exception;
    }

    private static Stream<DynamicTest> tests(Place place) {
        return CASES.entrySet().stream()
                .map(each -> dynamicTest(
                        each.getKey(),
                        () -> assertEquals(
                                String.join("\n", recording(each.getKey())),
                                String.join("\n", place.log(each.getKey(), each.getValue())))));
    }

    private static List<String> onThread(Thread.Builder builder, MethodHandle body) throws InterruptedException {
        var lines = new AtomicReference<List<String>>(List.of());
        Thread thread = builder.start(() -> lines.set(log(body)));
        assertTrue(thread.join(AT_MOST), () -> "ended within " + AT_MOST);
        return lines.get();
    }

    private static List<String> log(MethodHandle body) {
        var journal = new Journal();
        journal.call("case", () -> invoke(body, journal));
        return journal.finish();
    }

    /** Method handles leave no native frame on the stack, which would pin a virtual thread. */
    private static void invoke(MethodHandle method, Journal journal) throws Exception {
        try {
            method.invokeExact(journal);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, MethodHandle> cases(Class<?>... classes) {
        return Arrays.stream(classes)
                .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
                .filter(GreenletTraceTest::isCase)
                .collect(toMap(
                        method -> snakeCase(method.getName()),
                        GreenletTraceTest::handle,
                        (one, other) -> {
                            throw new AssertionError("Two cases have one name: " + one + ", " + other);
                        },
                        TreeMap::new));
    }

    private static boolean isCase(Method method) {
        return !method.isSynthetic()
                && !Modifier.isPrivate(method.getModifiers())
                && Arrays.equals(method.getParameterTypes(), new Class<?>[] {Journal.class});
    }

    private static MethodHandle handle(Method method) {
        try {
            return MethodHandles.lookup().unreflect(method).asType(methodType(void.class, Journal.class));
        } catch (IllegalAccessException e) {
            throw new AssertionError(method + " cannot be called", e);
        }
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static List<String> recording(String name) {
        try (var in = GreenletTraceTest.class.getResourceAsStream("/greenlets/" + name + ".txt")) {
            return in == null
                    ? List.of("(no recording)")
                    : new String(in.readAllBytes(), UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
