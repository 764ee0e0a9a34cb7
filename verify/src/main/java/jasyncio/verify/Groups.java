package jasyncio.verify;

import static jasyncio.verify.Vocabulary.NOTHING;

import jasyncio.TaskGroup;
import org.jspecify.annotations.Nullable;

/** Task groups. */
final class Groups {
    private Groups() {}

    static void addTo(Vocabulary vocabulary) {
        vocabulary.nesting("group", (f, s) -> {
            var group = new TaskGroup();
            f.execution().name(s.text("as"), group);
            return within(group, f, s);
        });
        vocabulary.nesting("groupAgain", (f, s) -> {
            TaskGroup group = f.execution().named(s.text("on"), TaskGroup.class);
            if (group == null) {
                f.log("groupAgain: " + NOTHING);
                return null;
            }
            return within(group, f, s);
        });
    }

    private static @Nullable Returned within(TaskGroup group, Frame frame, Statement statement) {
        Returned returned = group.<@Nullable Returned>run(() -> {
            Returned value = frame.block(statement.body("body"));
            frame.log("group: leaving");
            return value;
        });
        frame.log("group: left");
        return returned;
    }
}
