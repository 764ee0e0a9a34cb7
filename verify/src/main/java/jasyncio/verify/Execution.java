package jasyncio.verify;

import jasyncio.Asyncio;
import jasyncio.EventLoop;
import jasyncio.Future;
import jasyncio.Task;
import jasyncio.TaskFactory;
import jasyncio.TimerHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** One execution of a program: its loop, what its names stand for, and the trace. */
final class Execution {
    /** When a run has taken so long on its loop's clock, what is not done is cancelled, again and again. */
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private static final Duration ROUND = Duration.ofMillis(1);
    private static final int ROUNDS = 40;

    /** A callback may cause itself again and again: after so many statements no more are executed. */
    private static final int MAX_STATEMENTS = 2000;

    private final Program program;
    private final VirtualTime time = new VirtualTime();
    private final EventLoop loop;

    /** What names stand for: futures, handles, callbacks, groups, timeouts, tokens, primitives. */
    private final Map<String, Object> names = new HashMap<>();

    /** Also keeps tasks that nothing else refers to from being collected. */
    private final IdentityHashMap<Task<?>, String> labels = new IdentityHashMap<>();

    final Map<String, Integer> cells = new HashMap<>();
    final Set<Future<?>> shields = Collections.newSetFromMap(new IdentityHashMap<>());

    private final List<String> trace = new ArrayList<>();
    private int count;
    private int statements;
    private boolean finished;
    private boolean wedged;

    private Execution(Program program) {
        this.program = program;
        this.loop =
                Asyncio.newEventLoop(options -> options.clock(time).poller(time).name("verify"));
        loop.setTaskFactory(program.eager() ? TaskFactory.EAGER : TaskFactory.LAZY);
        loop.setExceptionHandler(this::failed);
    }

    /** Executes a program on a loop of its own and returns its trace. Blocks the calling thread. */
    static List<String> trace(Program program) {
        return new Execution(program).run();
    }

    private List<String> run() {
        int number = 0;
        for (List<Statement> statements : program.runs()) {
            number++;
            if (!wedged) {
                String label = "main" + number;
                new Reaper().watch(() -> finishWith(label, () -> body(label, statements)));
            }
        }
        if (!wedged) {
            finishWith("clean up", this::cleanUp);
        }
        finished = true;
        loop.close();
        return trace;
    }

    EventLoop loop() {
        return loop;
    }

    void log(String who, String text) {
        if (!finished) {
            trace.add(time.micros() + " " + who + ": " + text);
        }
    }

    /** Counts a statement; tells whether it is one too many, or one of a task that was left over. */
    boolean exhausted() {
        if (finished) {
            return true;
        }
        statements++;
        if (statements == MAX_STATEMENTS) {
            log("limit", "exhausted");
        }
        return statements >= MAX_STATEMENTS;
    }

    String nextLabel(String base) {
        count++;
        return base + "#" + count;
    }

    <T> @Nullable T named(String name, Class<T> type) {
        Object value = names.get(name);
        return type.isInstance(value) ? type.cast(value) : null;
    }

    void name(String name, Object value) {
        names.put(name, value);
    }

    String labelOf(Task<?> task) {
        return labels.getOrDefault(task, "unknown");
    }

    /** The body of a task, or of a coroutine that is awaited in place. */
    @Nullable
    Object body(String label, List<Statement> statements) throws Exception {
        var frame = new Frame(this, label);
        labels.putIfAbsent(Asyncio.currentTask(), label);
        frame.log("starts");
        Returned returned;
        try {
            returned = frame.block(statements);
        } catch (Throwable e) {
            frame.log("ends: " + Words.describe(e));
            throw e;
        }
        Object value = returned == null ? null : returned.value();
        frame.log("returns " + Words.show(value));
        return value;
    }

    private void finishWith(String label, Callable<@Nullable Object> body) {
        Task<@Nullable Object> task = loop.createTask(body);
        labels.put(task, label);
        String outcome;
        try {
            outcome = Words.show(loop.<@Nullable Object>runUntilComplete(task));
        } catch (Throwable e) {
            outcome = Words.describe(e);
        }
        log("run", label + ": " + outcome);
    }

    private @Nullable Object cleanUp() {
        int left = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var others = new ArrayList<>(Asyncio.allTasks());
            others.remove(Asyncio.currentTask());
            left = others.size();
            if (left == 0) {
                return null;
            }
            others.forEach(task -> task.cancel("end"));
            Asyncio.sleep(ROUND);
        }
        log("clean up", "left " + left);
        return null;
    }

    /** The loop's exception handler; leaves out what depends on garbage collection or on the release. */
    private void failed(EventLoop.Failure failure) {
        if (failure.message().toLowerCase(Locale.ROOT).contains("callback")) {
            log("handler", Words.describe(failure.exception()));
        }
    }

    /** Cancels every task when a run takes too long, and gives up in the end. */
    private final class Reaper implements Runnable {
        private TimerHandle timer = loop.callLater(LIMIT, this);
        private int rounds;

        void watch(Runnable run) {
            try {
                run.run();
            } finally {
                timer.cancel();
            }
        }

        @Override
        public void run() {
            rounds++;
            if (rounds > ROUNDS) {
                wedged = true;
                log("limit", "wedged");
                loop.stop();
                return;
            }
            log("limit", "cancels");
            Asyncio.allTasks().forEach(task -> task.cancel("limit"));
            timer = loop.callLater(ROUND, this);
        }
    }
}
