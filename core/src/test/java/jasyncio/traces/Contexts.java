package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.shield;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.task;
import static jasyncio.Asyncio.taskGroup;
import static jasyncio.Asyncio.timeout;
import static jasyncio.Asyncio.waitFor;
import static jasyncio.traces.Trace.seconds;
import static java.time.Duration.ZERO;

import jasyncio.Context;
import jasyncio.ContextVar;
import jasyncio.Future;
import jasyncio.Task;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Context variables. */
final class Contexts {
    private static final ContextVar<String> VARIABLE = new ContextVar<>("variable", "default");

    private Contexts() {}

    static void contextTaskGetsACopy(Trace t) {
        VARIABLE.set("main");
        Task<Void> task = createTask(() -> {
            t.log("child sees " + VARIABLE.get());
            VARIABLE.set("child");
            sleep(seconds(1));
            t.log("child keeps " + VARIABLE.get());
        });
        VARIABLE.set("main after creation");
        await(task);
        t.log("main keeps " + VARIABLE.get());
    }

    static void contextCoroutineShares(Trace t) {
        VARIABLE.set("main");
        await(coroutine(() -> {
            t.log("inline sees " + VARIABLE.get());
            VARIABLE.set("inline");
            sleep(seconds(1));
        }));
        t.log("main sees " + VARIABLE.get());
    }

    static void contextOfCallbacks(Trace t) {
        VARIABLE.set("first");
        t.loop().callSoon(() -> showAndSet(t, "soon 1"));
        t.loop().callLater(seconds(1), () -> showAndSet(t, "later 1"));
        VARIABLE.set("second");
        t.loop().callSoon(() -> showAndSet(t, "soon 2"));
        t.loop().callLater(seconds(1), () -> showAndSet(t, "later 2"));
        VARIABLE.set("third");
        sleep(seconds(2));
        t.log("main keeps " + VARIABLE.get());
    }

    private static void showAndSet(Trace t, String name) {
        t.log(name + " sees " + VARIABLE.get());
        VARIABLE.set(name);
    }

    static void contextOfDoneCallbacks(Trace t) {
        Consumer<Future<?>> show = _ -> t.log("callback sees " + VARIABLE.get());
        Future<Void> future = t.loop().createFuture();
        VARIABLE.set("first");
        future.addDoneCallback(show);
        VARIABLE.set("second");
        future.addDoneCallback(show);
        VARIABLE.set("third");
        future.setResult(null);
        await(future);
        future.addDoneCallback(show);
        sleep(ZERO);
    }

    static void contextOfTaskStartedInCallback(Trace t) {
        VARIABLE.set("main");
        t.loop().callSoon(() -> {
            VARIABLE.set("callback");
            createTask(() -> t.log("child sees " + VARIABLE.get()));
        });
        sleep(seconds(1));
        t.log("main keeps " + VARIABLE.get());
    }

    static void contextSurvivesSuspension(Trace t) {
        await(gather(() -> setAndSleep(t, "a"), () -> setAndSleep(t, "b")));
        t.log("main keeps " + VARIABLE.get());
    }

    private static void setAndSleep(Trace t, String name) {
        VARIABLE.set(name);
        for (int number = 0; number < 2; number++) {
            sleep(seconds(1));
            t.log(name + " keeps " + VARIABLE.get());
        }
    }

    static void contextExplicit(Trace t) {
        Context context = Context.copyCurrent();
        await(task().context(context).start(() -> showAndSet(t, "first")));
        await(task().context(context).start(() -> showAndSet(t, "second")));
        t.log("context holds " + context.run(VARIABLE::get));
        t.log("main keeps " + VARIABLE.get());
    }

    static void contextRun(Trace t) {
        Context context = Context.copyCurrent();
        String result = context.run(() -> {
            VARIABLE.set("inside");
            return VARIABLE.get();
        });
        t.log("result " + result);
        t.log("main keeps " + VARIABLE.get());
        t.log("context keeps " + context.run(VARIABLE::get));
    }

    static void contextReset(Trace t) {
        ContextVar.Token first = VARIABLE.set("first");
        ContextVar.Token second = VARIABLE.set("second");
        t.log(VARIABLE.get());
        VARIABLE.reset(second);
        t.log(VARIABLE.get());
        VARIABLE.reset(first);
        t.log(VARIABLE.get());
        t.attempt("reset twice", () -> VARIABLE.reset(first));
    }

    static void contextResetOfATokenFromAnotherContextIsRefused(Trace t) {
        ContextVar.Token token = VARIABLE.set("main");
        await(createTask(() -> t.attempt("reset", () -> VARIABLE.reset(token))));
        t.log("main keeps " + VARIABLE.get());
    }

    static void contextVariableWithoutValue(Trace t) {
        ContextVar<String> empty = new ContextVar<>("empty");
        t.attempt("get", empty::get);
        t.log("fallback " + empty.orElse("fallback"));
        empty.set("value");
        t.attempt("get", empty::get);
        t.log("fallback " + empty.orElse("fallback"));
    }

    static void contextInScopes(Trace t) throws TimeoutException {
        timeout(seconds(1), () -> VARIABLE.set("timeout"));
        t.log(VARIABLE.get());
        taskGroup(group -> {
            VARIABLE.set("group");
            group.createTask(() -> t.log("child sees " + VARIABLE.get()));
        });
        t.log(VARIABLE.get());
        waitFor(coroutine(() -> VARIABLE.set("wait_for")), seconds(1));
        t.log(VARIABLE.get());
        await(gather(() -> VARIABLE.set("gather"), () -> VARIABLE.set("gather")));
        t.log(VARIABLE.get());
        await(shield(() -> VARIABLE.set("shield")));
        t.log(VARIABLE.get());
    }
}
