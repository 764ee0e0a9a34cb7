package jasyncio.traces;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.taskGroup;
import static jasyncio.Asyncio.timeout;
import static jasyncio.traces.Groups.group;
import static jasyncio.traces.Trace.at;
import static jasyncio.traces.Trace.seconds;
import static jasyncio.traces.Words.show;

import jasyncio.Task;
import jasyncio.TaskGroup;
import jasyncio.Timeout;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Task groups that are cancelled from outside, by hand or by a timeout. */
final class GroupCancellation {
    private GroupCancellation() {}

    /** Cancels a task with a group at the given times. */
    private static void cancelledFromOutside(Trace t, TaskGroup.Body body, double... cancelTimes) {
        Task<Void> task = createTask(() -> {
            group(t, "group", body);
            t.attempt("sleep after the group", () -> sleep(seconds(1)));
        });
        for (int number = 0; number < cancelTimes.length; number++) {
            sleep(Duration.between(t.loop().time(), at(cancelTimes[number])));
            task.cancel("outside " + number);
        }
        t.attempt("task", () -> await(task));
        t.log("cancelling " + task.cancelling());
    }

    static void groupCancelledWhileWaiting(Trace t) {
        cancelledFromOutside(
                t,
                group -> {
                    group.createTask(() -> t.worker("a", 5));
                    group.createTask(() -> t.tidy("b", 5, 1));
                },
                1);
    }

    static void groupCancelledInBody(Trace t) {
        cancelledFromOutside(
                t,
                group -> {
                    group.createTask(() -> t.tidy("a", 5, 1));
                    t.worker("body", 5);
                },
                1);
    }

    static void groupCancelledInBodyThatCleansUp(Trace t) {
        cancelledFromOutside(
                t,
                group -> {
                    group.createTask(() -> t.worker("a", 2));
                    t.tidy("body", 5, 3);
                },
                1);
    }

    static void groupCancelledTwiceWhileWaiting(Trace t) {
        cancelledFromOutside(t, group -> group.createTask(() -> t.tidy("a", 5, 3)), 1, 2);
    }

    static void groupCancelledAndChildFailsInCleanup(Trace t) {
        cancelledFromOutside(t, group -> group.createTask(() -> t.clumsy("a", 5, 1)), 1);
    }

    static void groupChildFailsAndIsCancelledFromOutside(Trace t) {
        cancelledFromOutside(
                t,
                group -> {
                    group.createTask(() -> t.failing("a", 1));
                    group.createTask(() -> t.tidy("b", 5, 3));
                    t.worker("body", 9);
                },
                2);
    }

    static void groupCancelledWithStubbornChild(Trace t) {
        cancelledFromOutside(t, group -> group.createTask(() -> t.stubborn("a", 5, 1)), 1);
    }

    static void groupInTimeout(Trace t) {
        TaskGroup.Body body = group -> {
            group.createTask(() -> t.tidy("a", 5, 1));
            group.createTask(() -> t.worker("b", 5));
        };
        try {
            timeout(seconds(1), () -> taskGroup(body));
        } catch (TimeoutException e) {
            t.log("timed out");
        }
        t.logCancelling();
    }

    @SuppressWarnings("CatchingUnchecked") // whatever comes is logged
    static void groupInTimeoutWithFailingCleanup(Trace t) {
        Timeout scope = Timeout.after(seconds(1));
        try {
            scope.run(() -> taskGroup(group -> group.createTask(() -> t.clumsy("a", 5, 1))));
        } catch (Throwable e) {
            t.log(Words.describe(e) + ", expired " + show(scope.expired()));
        }
        t.logCancelling();
        t.attempt("sleep", () -> sleep(seconds(1)));
    }

    static void groupTimeoutInBody(Trace t) {
        group(t, "group", group -> {
            group.createTask(() -> t.worker("a", 2));
            try {
                timeout(seconds(1), () -> sleep(seconds(5)));
            } catch (TimeoutException e) {
                t.log("body timed out");
            }
        });
    }

    static void groupTimeoutAndChildFailureInOneIteration(Trace t) {
        group(t, "group", group -> {
            group.createTask(() -> t.failing("a", 1));
            Timeout scope = Timeout.after(seconds(1));
            try {
                scope.run(() -> sleep(seconds(5)));
            } finally {
                t.log("expired " + show(scope.expired()));
            }
        });
        t.logCancelling();
    }

    static void groupChildTimesOut(Trace t) {
        group(t, "group", group -> {
            group.createTask(() -> timeout(seconds(1), () -> sleep(seconds(5))));
            group.createTask(() -> t.worker("b", 5));
        });
    }
}
