package jasyncio.traces;

import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.taskGroup;
import static jasyncio.traces.Groups.group;
import static jasyncio.traces.Trace.seconds;

/** Task groups within task groups. */
final class NestedGroups {
    private NestedGroups() {}

    static void groupNestedInnerFails(Trace t) {
        group(t, "outer", outer -> {
            outer.createTask(() -> t.worker("outer child", 3));
            group(t, "inner", inner -> {
                inner.createTask(() -> t.failing("inner child", 1));
                inner.createTask(() -> t.worker("inner sibling", 5));
            });
            t.log("body goes on");
        });
    }

    static void groupNestedInnerFailurePropagates(Trace t) {
        group(t, "outer", outer -> {
            outer.createTask(() -> t.worker("outer child", 3));
            taskGroup(inner -> inner.createTask(() -> t.failing("inner child", 1)));
        });
    }

    static void groupNestedOuterFails(Trace t) {
        group(t, "outer", outer -> {
            outer.createTask(() -> t.failing("outer child", 1));
            group(t, "inner", inner -> inner.createTask(() -> t.tidy("inner child", 5, 1)));
            t.attempt("body sleeps", () -> sleep(seconds(1)));
        });
        t.logCancelling();
    }

    static void groupNestedBothFailAtOnce(Trace t) {
        group(t, "outer", outer -> {
            outer.createTask(() -> t.failing("outer child", 1));
            group(t, "inner", inner -> inner.createTask(() -> t.failing("inner child", 1)));
            t.attempt("body sleeps", () -> sleep(seconds(1)));
        });
        t.logCancelling();
    }

    static void groupInChildFails(Trace t) {
        group(t, "group", group -> {
            group.createTask(() -> taskGroup(inner -> {
                inner.createTask(() -> t.failing("grandchild", 1));
                inner.createTask(() -> t.worker("its sibling", 5));
            }));
            group.createTask(() -> t.worker("child", 5));
        });
    }
}
