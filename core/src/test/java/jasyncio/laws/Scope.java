package jasyncio.laws;

import static jasyncio.Asyncio.asCompleted;
import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.gatherOutcomes;
import static jasyncio.Asyncio.runInExecutor;
import static jasyncio.Asyncio.shield;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.taskGroup;
import static jasyncio.Asyncio.timeout;
import static jasyncio.Asyncio.toThread;
import static jasyncio.Asyncio.waitFor;
import static jasyncio.Asyncio.with;
import static jasyncio.Asyncio.withResult;
import static jasyncio.Asyncio.wrapFuture;
import static java.time.Duration.ofHours;

import jasyncio.AsyncContextManager;
import jasyncio.Asyncio;
import jasyncio.Context;
import jasyncio.ExitStack;
import jasyncio.Future;
import jasyncio.LowLevel;
import jasyncio.TaskGroup;
import jasyncio.Timeout;
import jasyncio.executor.Publishers;
import jasyncio.generator.AsyncGenerator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Every way to wait. Each waits until {@code end} is done, or for hours, under its scope: for as long as it takes to be cancelled.
 */
enum Scope {
    AWAIT_FUTURE(Asyncio::await),
    AWAIT_COROUTINE(end -> await(coroutine(() -> await(end)))),
    AWAIT_TASK(end -> await(createTask(() -> await(end)))),
    AWAIT_STAGE(end -> await(new CompletableFuture<String>())),
    WRAP_FUTURE(end -> await(wrapFuture(new CompletableFuture<String>()))),
    SLEEP(end -> sleep(ofHours(1))),
    TIMEOUT(end -> timeout(ofHours(2), () -> await(end))),
    TIMEOUT_AT(end -> Asyncio.timeoutAt(Asyncio.runningLoop().time().plusSeconds(7200), () -> await(end))),
    TIMEOUT_NEVER(end -> Timeout.never().run(() -> await(end))),
    NESTED_TIMEOUTS(end -> timeout(ofHours(3), () -> timeout(ofHours(2), () -> await(end)))),
    WAIT_FOR_FUTURE(end -> waitFor(end, ofHours(2))),
    WAIT_FOR_COROUTINE(end -> waitFor(coroutine(() -> await(end)), ofHours(2))),
    TASK_GROUP_BODY(end -> taskGroup(group -> {
        group.createTask(() -> sleep(ofHours(5)));
        await(end);
    })),
    TASK_GROUP_CHILDREN(end -> taskGroup(group -> {
        group.createTask(() -> await(end));
        group.createTask(() -> sleep(ofHours(5)));
    })),
    TASK_GROUP_VALUE(end -> new TaskGroup().run(() -> await(end))),
    NESTED_TASK_GROUPS(end -> taskGroup(outer -> taskGroup(inner -> inner.createTask(() -> await(end))))),
    GATHER(end -> await(gather(end, createTask(() -> await(end))))),
    GATHER_BODIES(end -> await(gather(() -> await(end), () -> Asyncio.<String>await(end)))),
    GATHER_OUTCOMES(end -> await(gatherOutcomes(() -> await(end), () -> Asyncio.<String>await(end)))),
    WAIT(end -> Asyncio.wait(List.of(end))),
    WAIT_WITH_TIMEOUT(end -> Asyncio.wait(List.of(end), ofHours(2))),
    AS_COMPLETED(end -> asCompleted(List.of(end)).forEach(Asyncio::await)),
    SHIELD(end -> await(shield(end))),
    WITH(end -> with(new Manager(), _ -> await(end))),
    WITH_RESULT(end -> withResult(new Manager(), _ -> await(end))),
    EXIT_STACK(end -> {
        var stack = new ExitStack();
        stack.run(() -> {
            stack.enter(new Manager());
            stack.callback(() -> sleep(ofHours(1)));
            await(end);
        });
    }),
    CONTEXT_RUN(end -> Context.copyCurrent().run(() -> await(end))),
    SUSPENSION(end -> LowLevel.suspend(LowLevel.<String>suspension(() -> true))),
    TO_THREAD(end -> {
        Asyncio.runningLoop().setDefaultExecutor(_ -> {}); // never begins
        toThread(() -> "never");
    }),
    RUN_IN_EXECUTOR(end -> await(runInExecutor(_ -> {}, () -> "never"))),
    ASYNC_GENERATOR(end -> awaiting(end).anext()),
    ASYNC_GENERATOR_IN_A_LOOP(end -> awaiting(end).forEach(_ -> {})),
    NESTED_ASYNC_GENERATORS(
            end -> AsyncGenerator.<String>of(y -> y.yieldFrom(awaiting(end))).anext()),
    ASYNC_GENERATOR_CLOSING(end -> {
        AsyncGenerator<String> generator = AsyncGenerator.of(y -> {
            try {
                y.yield("item");
            } finally {
                await(end);
            }
        });
        generator.anext();
        generator.aclose();
    }),
    MANAGED_BY_A_GENERATOR(
            end -> with(AsyncGenerator.<String>asyncContextManager(y -> y.yield("context")), _ -> await(end))),
    PUBLISHER(end -> Publishers.iterate(_ -> {}).anext()),
    EAGER_CHILD(end -> await(Asyncio.task().eager(true).start(() -> await(end))));

    private static AsyncGenerator<String> awaiting(Future<String> end) {
        return AsyncGenerator.of(y -> y.yield(await(end)));
    }

    /** The waiting itself. */
    @FunctionalInterface
    interface Body {
        void run(Future<String> end) throws Exception;
    }

    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
    private final Body body;

    Scope(Body body) {
        this.body = body;
    }

    void run(Future<String> end) throws Exception {
        body.run(end);
    }

    /** Awaits on the way in and out, and swallows nothing. */
    private static final class Manager implements AsyncContextManager<String> {
        @Override
        public String enter() {
            sleep(ofHours(0));
            return "context";
        }

        @Override
        public boolean exit(@Nullable Throwable thrown) {
            sleep(ofHours(1));
            return false;
        }
    }
}
