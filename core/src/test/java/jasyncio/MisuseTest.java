package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.testing.VirtualLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Every entry point, called where it must not be called: the message says what was wrong, and the cure. */
class MisuseTest {
    private static final Callable<String> VALUE = () -> "value";

    /** What only a task may call. */
    private static Map<String, Executable> forTasks(Future<String> pending) {
        var calls = new LinkedHashMap<String, Executable>();
        calls.put("await(future)", () -> await(pending));
        calls.put("await(coroutine)", () -> await(Asyncio.coroutine(VALUE)));
        calls.put("await(stage)", () -> await(new CompletableFuture<String>()));
        calls.put("sleep", () -> sleep(ofSeconds(1)));
        calls.put("sleep(0)", () -> sleep(ZERO));
        calls.put("wait", () -> Asyncio.wait(List.of(pending)));
        calls.put("waitFor", () -> Asyncio.waitFor(pending, ofSeconds(1)));
        calls.put("toThread", () -> Asyncio.toThread(() -> 1));
        calls.put("currentTask", Asyncio::currentTask);
        calls.put("TaskGroup.run", () -> new TaskGroup().run(VALUE));
        calls.put("LowLevel.suspend", () -> LowLevel.suspend(pending));
        return calls;
    }

    /** What a callback of a loop may call as well, but nobody outside. */
    private static Map<String, Executable> forTheLoop() {
        var calls = new LinkedHashMap<String, Executable>();
        calls.put("createTask", () -> createTask(VALUE));
        calls.put("task", Asyncio::task);
        calls.put("gather", () -> Asyncio.gather(VALUE).cancel());
        calls.put("shield", () -> Asyncio.shield(VALUE).cancel());
        calls.put("asCompleted", () -> Asyncio.asCompleted(List.<Task<?>>of()).aiter());
        calls.put("runInExecutor", () -> Asyncio.runInExecutor(null, VALUE).cancel());
        calls.put(
                "wrapFuture",
                () -> Asyncio.wrapFuture(new CompletableFuture<String>()).cancel());
        calls.put(
                "wrapBlocking",
                () -> Asyncio.wrapBlocking(new CompletableFuture<String>()).cancel());
        calls.put("allTasks", Asyncio::allTasks);
        calls.put("runningLoop", Asyncio::runningLoop);
        calls.put("Timeout.after", () -> Timeout.after(ofSeconds(1)));
        calls.put("Timeout.at", () -> Timeout.at(Instant.EPOCH));
        calls.put("Timeout.never", Timeout::never);
        calls.put("timeout", () -> Asyncio.timeout(ofSeconds(1), () -> {}));
        calls.put("LowLevel.suspension", () -> LowLevel.suspension(() -> true));
        return calls;
    }

    @TestFactory
    Stream<DynamicTest> outsideALoop_isRefused() {
        return Stream.concat(
                        forTasks(null).entrySet().stream()
                                .filter(call -> !call.getKey().contains("future")),
                        forTheLoop().entrySet().stream())
                .filter(call -> !call.getKey().equals("wait") && !call.getKey().equals("waitFor"))
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
                    var e = assertThrows(IllegalStateException.class, call.getValue());
                    assertTrue(
                            e.getMessage().startsWith("No task is running on Thread[")
                                    || e.getMessage().startsWith("No running event loop on Thread["),
                            e.getMessage());
                    assertTrue(e.getMessage().contains("inside run(…)"), e.getMessage());
                }));
    }

    @TestFactory
    Stream<DynamicTest> inACallback_whatSuspendsIsRefused() {
        try (var names = new VirtualLoop()) {
            return forTasks(names.future()).keySet().stream()
                    .map(name -> DynamicTest.dynamicTest(
                            name,
                            () -> virtually(v -> {
                                Future<Throwable> thrown = v.future();
                                v.loop()
                                        .callSoon(() -> thrown.setResult(assertThrows(
                                                IllegalStateException.class,
                                                forTasks(v.future()).get(name))));
                                String message = await(thrown).getMessage();
                                assertEquals(
                                        name.equals("currentTask")
                                                ? "No task is running: a callback runs on the loop but is no task;"
                                                        + " LowLevel.currentTask() gives null here, and createTask(…) makes"
                                                        + " a task"
                                                : "Cannot await in a callback, which runs on the loop but is no task;"
                                                        + " createTask(…) from it instead",
                                        message);
                            })));
        }
    }

    @TestFactory
    Stream<DynamicTest> nullArguments_areRefusedAtOnce() {
        var calls = new LinkedHashMap<String, Executable>();
        calls.put("createTask", () -> createTask((Callable<String>) null));
        calls.put("createTask void", () -> createTask((Action<RuntimeException>) null));
        calls.put("createTask coroutine", () -> createTask((Coroutine<String>) null));
        calls.put("coroutine", () -> Asyncio.coroutine((Callable<String>) null).close());
        calls.put("callSoon", () -> Asyncio.runningLoop().callSoon(null));
        calls.put("callSoonThreadsafe", () -> Asyncio.runningLoop().callSoonThreadsafe(null));
        calls.put("callLater", () -> Asyncio.runningLoop().callLater(ZERO, null));
        calls.put("callLater delay", () -> Asyncio.runningLoop().callLater(null, () -> {}));
        calls.put("sleep", () -> sleep(null));
        calls.put("timeout", () -> Asyncio.timeout(null, () -> {}));
        calls.put("setException", () -> Asyncio.runningLoop().createFuture().setException(null));
        calls.put("addDoneCallback", () -> Asyncio.runningLoop().createFuture().addDoneCallback(null));
        calls.put("wait timeout", () -> Asyncio.wait(List.of(Asyncio.currentTask()), (java.time.Duration) null));
        calls.put("await future", () -> await((Future<String>) null));
        calls.put("await stage", () -> await((CompletableFuture<String>) null));
        calls.put(
                "runInExecutor",
                () -> Asyncio.runInExecutor(null, (Callable<String>) null).cancel());
        calls.put("setDefaultExecutor", () -> Asyncio.runningLoop().setDefaultExecutor(null));
        calls.put("callback", () -> new ExitStack().callback(null));
        calls.put("closing", () -> new ExitStack().closing(null));
        calls.put("context", () -> Asyncio.task().context(null));
        moreNulls(calls);
        return calls.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(
                        call.getKey(),
                        () -> virtually(v -> {
                            var e = assertThrows(NullPointerException.class, call.getValue());
                            assertNamed(e);
                        })));
    }

    private static void assertNamed(NullPointerException e) {
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains(" null") && !message.contains("Cannot "), message);
    }

    /** Gives null for each argument of what the table above leaves out. */
    private static void moreNulls(Map<String, Executable> calls) {
        var manager = new AsyncContextManager<String>() {
            @Override
            public String enter() {
                throw new AssertionError("entered");
            }

            @Override
            public boolean exit(Throwable thrown) {
                return false;
            }
        };
        Action<RuntimeException> noAction = null;
        Call<String, RuntimeException> noCall = null;
        Collection<Future<String>> noFutures = null;
        Duration noLength = null;
        Instant noMoment = null;
        calls.put("coroutine void", () -> Asyncio.coroutine(noAction).close());
        calls.put("ensureFuture", () -> Asyncio.ensureFuture(null));
        calls.put("shield", () -> Asyncio.shield((Awaitable<String>) null).cancel());
        calls.put("shield void", () -> Asyncio.shield(noAction).cancel());
        calls.put("gather collection", () -> Asyncio.gather(noFutures).cancel());
        calls.put(
                "gather array", () -> Asyncio.gather((Awaitable<String>[]) null).cancel());
        calls.put(
                "gather bodies", () -> Asyncio.gather((Callable<String>[]) null).cancel());
        calls.put("gather body", () -> Asyncio.gather(noAction, noAction).cancel());
        calls.put("gatherOutcomes", () -> Asyncio.gatherOutcomes(noFutures).cancel());
        calls.put("asCompleted", () -> Asyncio.asCompleted(noFutures).aiter());
        calls.put(
                "asCompleted future",
                () -> Asyncio.asCompleted(Arrays.asList((Future<String>) null)).aiter());
        calls.put(
                "asCompleted timeout",
                () -> Asyncio.asCompleted(List.<Task<?>>of(), noLength).aiter());
        calls.put("wait futures", () -> Asyncio.wait(noFutures));
        calls.put("wait future", () -> Asyncio.wait(Arrays.asList((Future<String>) null)));
        calls.put("wait when", () -> Asyncio.wait(List.of(Asyncio.currentTask()), (ReturnWhen) null));
        calls.put("waitFor", () -> Asyncio.waitFor((Awaitable<String>) null, ZERO));
        calls.put("waitFor timeout", () -> Asyncio.waitFor(Asyncio.runningLoop().createFuture(), noLength));
        calls.put("staggeredRace", () -> Asyncio.staggeredRace(null));
        calls.put("staggeredRace body", () -> Asyncio.staggeredRace(Arrays.asList((Callable<String>) null)));
        calls.put("staggeredRace delay", () -> Asyncio.staggeredRace(List.of(VALUE), null));
        calls.put("timeout body", () -> Asyncio.timeout(ofSeconds(1), (TimedAction<RuntimeException>) null));
        calls.put("timeoutAt", () -> Asyncio.timeoutAt(noMoment, () -> {}));
        calls.put("timeoutAt body", () -> Asyncio.timeoutAt(Instant.EPOCH, (TimedCall<String, RuntimeException>) null));
        calls.put("Timeout.after", () -> Timeout.after(null));
        calls.put("Timeout.at", () -> Timeout.at(null));
        calls.put("taskGroup", () -> Asyncio.taskGroup(null));
        calls.put("TaskGroup.run", () -> new TaskGroup().run((Callable<String>) null));
        calls.put("with manager", () -> Asyncio.with((AsyncContextManager<String>) null, _ -> {}));
        calls.put("with body", () -> Asyncio.with(manager, (AsyncContextManager.Body<String, RuntimeException>) null));
        calls.put("toThread", () -> Asyncio.toThread(noAction));
        calls.put("toThread call", () -> Asyncio.toThread(noCall));
        calls.put("wrapFuture", () -> Asyncio.wrapFuture(null).cancel());
        calls.put("wrapBlocking", () -> Asyncio.wrapBlocking(null).cancel());
        calls.put("callAt", () -> Asyncio.runningLoop().callAt(noMoment, () -> {}));
        calls.put("callSoon context", () -> Asyncio.runningLoop().callSoon(() -> {}, null));
        calls.put("callLater context", () -> Asyncio.runningLoop().callLater(ZERO, () -> {}, null));
        calls.put("callAt context", () -> Asyncio.runningLoop().callAt(Instant.EPOCH, () -> {}, null));
        calls.put("callSoonThreadsafe context", () -> Asyncio.runningLoop().callSoonThreadsafe(() -> {}, null));
        calls.put(
                "addDoneCallback context",
                () -> Asyncio.runningLoop().createFuture().addDoneCallback(_ -> {}, null));
        calls.put("addSignalHandler", () -> Asyncio.runningLoop().addSignalHandler("USR2", null));
        calls.put("addSignalHandler name", () -> Asyncio.runningLoop().addSignalHandler(null, () -> {}));
        calls.put("runCoroutineThreadsafe", () -> Asyncio.runCoroutineThreadsafe(Asyncio.runningLoop(), noAction));
        calls.put("runCoroutineThreadsafe loop", () -> Asyncio.runCoroutineThreadsafe(null, VALUE));
        calls.put("run", () -> Asyncio.toThread(() -> Asyncio.run(noAction)));
        calls.put("run call", () -> Asyncio.toThread(() -> Asyncio.run(noCall)));
        calls.put(
                "Runner.run context",
                () -> Asyncio.toThread(() -> {
                    try (var runner = new Runner()) {
                        runner.run(null, () -> {});
                    }
                }));
        calls.put(
                "runUntilComplete",
                () -> Asyncio.toThread(() -> {
                    try (var loop = Asyncio.newEventLoop()) {
                        loop.runUntilComplete((Awaitable<String>) null);
                    }
                }));
        calls.put("newEventLoop", () -> Asyncio.newEventLoop(_ -> null).close());
        calls.put("newEventLoop options", () -> Asyncio.newEventLoop(null).close());
        calls.put("clock", () -> Asyncio.newEventLoop(o -> o.clock(null)).close());
        calls.put("poller", () -> Asyncio.newEventLoop(o -> o.poller(null)).close());
        calls.put("picker", () -> Asyncio.newEventLoop(o -> o.picker(null)).close());
        calls.put("name", () -> Asyncio.newEventLoop(o -> o.name(null)).close());
        calls.put("loopFactory", () -> new Runner(o -> o.loopFactory(null)).close());
        calls.put("Runner", () -> new Runner(_ -> null).close());
        calls.put("ExitStack.run", () -> new ExitStack().run(noAction));
        calls.put("ExitStack.enter", () -> new ExitStack().enter(null));
        var group = new ExceptionGroup("group", List.of(new IllegalStateException()));
        calls.put(
                "ExceptionGroup", () -> new ExceptionGroup("group", Arrays.asList(new IllegalStateException(), null)));
        calls.put("ExceptionGroup.on", () -> group.on((Class<Exception>) null, _ -> {}));
        calls.put("ExceptionGroup.on handler", () -> group.on(Exception.class, null));
        calls.put("ExceptionGroup.subgroup", () -> group.subgroup(null));
        calls.put("ExceptionGroup.split", () -> group.split(null));
        calls.put("PriorityQueue", () -> new jasyncio.queue.PriorityQueue<String>(1, null));
        calls.put("Condition", () -> new jasyncio.sync.Condition(null));
    }

    @Test
    void taskFactory_thatReturnsNull_isNamed() {
        virtually(v -> {
            v.loop().setTaskFactory(new TaskFactory() {
                @Override
                public <T> Task<T> newTask(Task.Builder builder, Callable<? extends T> body) {
                    return null;
                }

                @Override
                public String toString() {
                    return "forgetful";
                }
            });
            var e = assertThrows(IllegalStateException.class, () -> createTask(VALUE));
            v.loop().setTaskFactory(null);
            assertEquals(
                    "The task factory forgetful returned null; return the task that builder.start(body) gives",
                    e.getMessage());
        });
    }

    @Test
    void closedLoop_saysWhatToDo() {
        var loop = Asyncio.newEventLoop(o -> o.name("gone"));
        loop.close();
        var e = assertThrows(IllegalStateException.class, () -> loop.callSoon(() -> {}));
        assertTrue(e.getMessage().endsWith("; create another one, or close it later"), e.getMessage());
    }

    @Test
    void objectsWaitOnATask_isExplained() {
        virtually(v -> {
            var task = createTask(() -> v.wait());
            var e = assertThrows(IllegalMonitorStateException.class, () -> await(task));
            var hint = e.getSuppressed()[0];
            assertTrue(
                    hint.getMessage().contains("Event and Condition have await(), signal() and signalAll()"),
                    hint.getMessage());
        });
    }

    @Test
    void objectsNotifyInMain_isExplained() {
        var e = assertThrows(IllegalMonitorStateException.class, () -> Asyncio.run(() -> new Object().notifyAll()));
        assertEquals(1, e.getSuppressed().length);
    }

    @Test
    void builder_usedTwice_isRefused() {
        virtually(v -> {
            var builder = Asyncio.task().name("once");
            await(builder.start(VALUE));
            var e = assertThrows(IllegalStateException.class, () -> builder.start(VALUE));
            assertEquals("A task builder starts one task; call task() again for another", e.getMessage());
        });
    }

    @Test
    void awaitInAStaticInitialiser_isRefusedAndDoesNotHang() {
        virtually(v -> {
            Future<String> never = v.future();
            Pinned.future = never;
            var task = createTask(() -> Pinned.touch());
            sleep(ZERO);
            if (!task.done()) { // the portable backend can suspend there
                never.setResult("value");
            }
            var thrown = new ArrayList<Throwable>();
            try {
                await(task);
            } catch (ExceptionInInitializerError e) {
                thrown.add(e.getCause());
            }
            boolean pins = jasyncio.coroutine.Backend.chosen().parksBlockingCalls();
            assertEquals(pins ? 1 : 0, thrown.size());
            if (pins) {
                assertInstanceOf(IllegalStateException.class, thrown.getFirst());
                assertTrue(
                        thrown.getFirst().getMessage().contains("class initialiser"),
                        thrown.getFirst().getMessage());
            }
        });
    }

    private static final class Pinned {
        static Future<String> future;

        static void touch() {
            Held.touch();
        }

        private static final class Held {
            static {
                await(future);
            }

            static void touch() {}
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void null_amongTheGathered_isNamed() {
        virtually(v -> {
            Future<String> missing = null;
            var refused = assertThrows(NullPointerException.class, () -> {
                var _ = Asyncio.<String>gather(missing, missing);
            });
            assertEquals("Nothing to gather: one of the arguments is null", refused.getMessage());
        });
    }
}
