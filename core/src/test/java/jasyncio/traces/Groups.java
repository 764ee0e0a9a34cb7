package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.taskGroup;
import static jasyncio.traces.Trace.seconds;

import jasyncio.Action;
import jasyncio.CancelledError;
import jasyncio.ExceptionGroup;
import jasyncio.KeyboardInterrupt;
import jasyncio.Task;
import jasyncio.TaskGroup;
import java.util.ArrayList;
import java.util.List;

/** Task groups: children that succeed, children that fail, bodies that fail. */
final class Groups {
    private Groups() {}

    /** Runs a body with a task group and logs how the group ended. */
    @SuppressWarnings("CatchingUnchecked") // a body may end with any exception
    static void group(Trace t, String label, TaskGroup.Body body) {
        try {
            taskGroup(body);
        } catch (Throwable e) {
            t.log(label + ": " + Words.describe(e));
            return;
        }
        t.log(label + ": none");
    }

    static void groupWaitsForChildren(Trace t) {
        group(t, "group", group -> {
            group.createTask(() -> t.worker("a", 2));
            group.createTask(() -> t.worker("b", 1));
            t.log("body ends");
        });
    }

    static void groupChildrenKeepResults(Trace t) {
        List<Task<String>> tasks = new ArrayList<>();
        taskGroup(group -> {
            tasks.add(group.createTask(() -> t.worker("a", 2)));
            tasks.add(group.createTask(() -> t.worker("b", 1)));
        });
        t.log("results " + tasks.getFirst().result() + " " + tasks.getLast().result());
    }

    static void groupEmptyDoesNotYield(Trace t) {
        t.ticks(2);
        group(t, "first", _ -> t.log("body"));
        group(t, "second", _ -> t.log("body"));
        sleep(seconds(0));
    }

    static void groupExitLatency(Trace t) {
        t.ticks(6);
        group(t, "group", group -> {
            group.createTask(() -> t.worker("a", 0));
            group.createTask(() -> t.worker("b", 0));
        });
    }

    static void groupChildFails(Trace t) {
        group(t, "group", group -> {
            group.createTask(() -> t.failing("a", 1));
            group.createTask(() -> t.tidy("b", 5, 1));
            t.worker("body", 9);
        });
        t.logCancelling();
        sleep(seconds(1));
    }

    static void groupChildFailsWhileExiting(Trace t) {
        group(t, "group", group -> {
            group.createTask(() -> t.failing("a", 1));
            group.createTask(() -> t.worker("b", 5));
        });
        t.logCancelling();
        sleep(seconds(1));
    }

    static void groupChildFailureLatency(Trace t) {
        Action<RuntimeException> fail = () -> {
            throw new Failed("child");
        };
        t.ticks(6);
        group(t, "group", group -> {
            group.createTask(fail);
            sleep(seconds(9));
        });
    }

    static void groupSeveralFailAtOnce(Trace t) {
        group(t, "group", group -> {
            for (String name : List.of("a", "b", "c")) {
                group.createTask(() -> t.failing(name, 1));
            }
            group.createTask(() -> t.worker("d", 1));
        });
    }

    static void groupSiblingsFailInCleanup(Trace t) {
        group(t, "group", group -> {
            group.createTask(() -> t.failing("a", 1));
            group.createTask(() -> t.clumsy("b", 5, 2));
            group.createTask(() -> t.clumsy("c", 5, 1));
        });
    }

    static void groupSiblingSuppressesCancellation(Trace t) {
        List<Task<String>> tasks = new ArrayList<>();
        group(t, "group", group -> {
            group.createTask(() -> t.failing("a", 1));
            tasks.add(group.createTask(() -> t.stubborn("b", 5, 2)));
        });
        t.outcome("b", tasks.getFirst());
    }

    static void groupBodyFails(Trace t) {
        group(t, "group", group -> {
            group.createTask(() -> t.worker("a", 5));
            sleep(seconds(1));
            throw new Failed("body");
        });
    }

    static void groupBodyFailsAtOnce(Trace t) {
        group(t, "group", group -> {
            group.createTask(() -> t.worker("a", 5));
            throw new Failed("body");
        });
    }

    static void groupBodyFailsWithoutChildren(Trace t) {
        group(t, "group", _ -> {
            throw new Failed("body");
        });
    }

    static void groupBodyAndChildrenFail(Trace t) {
        group(t, "group", group -> {
            group.createTask(() -> t.clumsy("a", 5, 1));
            group.createTask(() -> t.clumsy("b", 5, 0.5));
            sleep(seconds(1));
            throw new Failed("body");
        });
    }

    static void groupBodyFailsWhenCancelledForAChild(Trace t) {
        group(t, "group", group -> {
            group.createTask(() -> t.failing("a", 1));
            t.clumsy("body", 5, 1);
        });
        t.logCancelling();
    }

    static void groupBodySuppressesCancellationForAChild(Trace t) {
        group(t, "group", group -> {
            group.createTask(() -> t.failing("a", 1));
            t.attempt("body", () -> sleep(seconds(5)));
            sleep(seconds(1));
            t.log("body goes on");
        });
        t.logCancelling();
    }

    static void groupBodyEndsBeforeCancellationForAChildArrives(Trace t) {
        group(t, "group", group -> {
            group.createTask(() -> t.failing("a", 1));
            t.worker("body", 1);
        });
        t.logCancelling();
        t.attempt("sleep", () -> sleep(seconds(1)));
    }

    static void groupChildCancelledIsNoFailure(Trace t) {
        group(t, "group", group -> {
            Task<String> first = group.createTask(() -> t.worker("a", 5));
            group.createTask(() -> t.worker("b", 2));
            sleep(seconds(1));
            first.cancel("child only");
        });
    }

    static void groupChildRaisesCancelledItself(Trace t) {
        Action<RuntimeException> own = () -> {
            throw new CancelledError("own");
        };
        group(t, "group", group -> {
            group.createTask(own);
            group.createTask(() -> t.worker("b", 1));
        });
    }

    static void groupBodyAwaitsFailingChild(Trace t) {
        group(t, "group", group -> {
            Task<String> child = group.createTask(() -> t.failing("a", 1));
            t.attempt("await in body", () -> await(child));
            t.log("body goes on");
            t.attempt("sleep in body", () -> sleep(seconds(1)));
        });
    }

    static void groupBodyAwaitsCancelledChild(Trace t) {
        group(t, "group", group -> {
            Task<String> child = group.createTask(() -> t.worker("a", 5));
            group.createTask(() -> t.worker("b", 9));
            t.loop().callLater(seconds(1), () -> child.cancel("child only"));
            await(child);
        });
        t.logCancelling();
    }

    static void groupChildCreatesSibling(Trace t) {
        group(
                t,
                "group",
                group -> group.createTask(() -> {
                    t.log("child");
                    group.createTask(() -> t.worker("sibling", 1));
                }));
    }

    static void groupCreatesWhileExiting(Trace t) {
        group(
                t,
                "group",
                group -> group.createTask(() -> {
                    sleep(seconds(1));
                    group.createTask(() -> t.worker("late", 2));
                }));
    }

    static void groupRefusesWhenFinished(Trace t) {
        var group = new TaskGroup();
        group.run(() -> t.log("body"));
        t.attempt("create_task", () -> group.createTask(() -> t.worker("late", 1)));
        sleep(seconds(2));
    }

    static void groupRefusesWhenNotEntered(Trace t) {
        var group = new TaskGroup();
        t.attempt("create_task", () -> group.createTask(() -> t.worker("early", 1)));
        sleep(seconds(2));
    }

    static void groupRefusesWhileShuttingDown(Trace t) {
        group(t, "group", group -> {
            group.createTask(() -> t.failing("a", 1));
            group.createTask(() -> {
                try {
                    sleep(seconds(5));
                } finally {
                    t.attempt("create_task", () -> group.createTask(() -> t.worker("late", 1)));
                }
            });
        });
    }

    static void groupEnteredTwiceIsRefused(Trace t) {
        var group = new TaskGroup();
        group.run(() -> t.log("body"));
        try {
            group.run(() -> t.log("not reached"));
        } catch (IllegalStateException refused) {
            t.log("second: refused");
        }
    }

    static void groupKeyboardInterruptInBody(Trace t) {
        group(t, "group", group -> {
            group.createTask(() -> t.tidy("a", 5, 1));
            sleep(seconds(1));
            throw new KeyboardInterrupt();
        });
    }

    static void groupSplitsByKind(Trace t) {
        Action<RuntimeException> refuse = () -> {
            sleep(seconds(1));
            throw new IllegalArgumentException();
        };
        try {
            taskGroup(group -> {
                group.createTask(() -> t.failing("a", 1));
                group.createTask(refuse);
                group.createTask(() -> t.failing("b", 1));
            });
        } catch (ExceptionGroup failures) {
            ExceptionGroup.Split split = failures.split(Failed.class::isInstance);
            t.log("failed " + Words.describe(split.match()));
            t.log("rest " + Words.describe(split.rest()));
        }
    }
}
