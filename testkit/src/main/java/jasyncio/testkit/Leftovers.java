package jasyncio.testkit;

import jasyncio.EventLoop;
import jasyncio.LoopView;
import jasyncio.Task;
import jasyncio.TimerHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a test leaves behind: tasks, timers, work, and failures that nobody saw. */
final class Leftovers {
    private final EventLoop loop;
    private final List<EventLoop.Failure> unseen = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int seenBeforeClose;

    Leftovers(EventLoop loop) {
        this.loop = loop;
        loop.setExceptionHandler(unseen::add);
    }

    /** Looks at a loop that has come to rest. */
    void collect() {
        LoopView view = LoopView.of(loop);
        List<Task<?>> tasks = view.tasks();
        if (!tasks.isEmpty()) {
            problems.add(plural(tasks.size(), "task")
                    + " left when the test method had returned; await or cancel each:\n" + TaskTree.of(loop));
        } else {
            view.outside().forEach(what -> problems.add("Work is left that nobody awaits: " + what));
        }
        List<TimerHandle> timers = view.timers();
        if (!timers.isEmpty()) {
            problems.add(plural(timers.size(), "timer") + " left when the test method had returned; cancel each:\n"
                    + timers.stream().map(Object::toString).collect(Collectors.joining("\n")));
        }
        seenBeforeClose = unseen.size();
    }

    /** To be called when the loop has been closed: only then does it tell of failures that are still held by somebody. */
    void addUnseenAtClose() {
        for (int i = 0; i < unseen.size(); i++) {
            EventLoop.Failure failure = unseen.get(i);
            if (i < seenBeforeClose
                    || failure.exception() != null) { // without one: a task that has been reported as left
                problems.add(failure.message() + (failure.exception() == null ? "" : ": " + failure.exception()));
            }
        }
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw withUnseen(new AssertionError(String.join("\n", problems)));
        }
    }

    /** Adds the unseen failures to what the test throws: one of them may be the reason. */
    <X extends Throwable> X withUnseen(X failure) {
        unseen.stream()
                .map(EventLoop.Failure::exception)
                .filter(Objects::nonNull)
                .filter(exception -> exception != failure)
                .forEach(failure::addSuppressed);
        return failure;
    }

    private static String plural(int count, String noun) {
        return count == 1 ? "1 " + noun + " is" : count + " " + noun + "s are";
    }
}
