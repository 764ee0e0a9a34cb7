package jasyncio;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code toString} says of tasks, futures and what they run: Python's {@code repr} in Java's terms. */
final class Describe {
    private static final int MAX_VALUE_LENGTH = 60;

    private Describe() {}

    static String future(Future<?> future, String kind) {
        return "<" + kind + " " + future.describeState() + callbacks(future) + future.describeResult() + ">";
    }

    static String task(Task<?> task) {
        Future<?> waiter = task.waiter();
        return "<Task " + (task.cancelling() > 0 && !task.done() ? "cancelling" : task.describeState())
                + " name=" + value(task.name())
                + " coro=<" + where(task) + ">"
                + (waiter == null ? "" : " wait_for=" + shortly(waiter))
                + callbacks(task) + task.describeResult() + task.entry.created() + ">";
    }

    /** The method a task is in, or what it will run, or what it has run. */
    private static String where(Task<?> task) {
        if (task.done()) {
            return body(task.body()) + " done";
        }
        StackTraceElement[] stack = task.stack();
        if (stack.length == 0) {
            return body(task.body()) + " not started";
        }
        StackTraceElement top =
                Arrays.stream(stack).filter(frame -> !isJdks(frame)).findFirst().orElse(stack[0]);
        return simpleName(top.getClassName()) + "." + method(top) + "() running at " + top.getFileName() + ":"
                + top.getLineNumber();
    }

    /** Blocking calls end in the JDK's methods, and so does a task that describes itself: its own place is below them. */
    private static boolean isJdks(StackTraceElement frame) {
        String module = frame.getModuleName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }

    private static String method(StackTraceElement frame) {
        String name = frame.getMethodName();
        return name.startsWith("lambda$") ? name.substring(7, name.lastIndexOf('$')) : name;
    }

    private static String shortly(Future<?> future) {
        return future instanceof Task<?> task
                ? "<Task " + task.describeState() + " name=" + value(task.name()) + ">"
                : future(future, "Future");
    }

    private static String callbacks(Future<?> future) {
        List<?> callbacks = future.callbacks();
        return callbacks.isEmpty()
                ? ""
                : Arrays.stream(callbacks.toArray()) // a copy: another thread may be adding
                        .filter(Objects::nonNull)
                        .map(Describe::callback)
                        .collect(Collectors.joining(", ", " cb=[", "]"));
    }

    private static String callback(Object callback) {
        return callback instanceof Task<?> task
                ? "wakeup of " + task.name()
                : callback instanceof LibraryCallback ? body(callback) : callback.toString();
    }

    /** Names a lambda by the class it was written in, an object by its own toString if it has one, else by its class. */
    static String body(Object body) {
        Class<?> type = body instanceof Class<?> c ? c : body.getClass();
        String name = simpleName(type.getName());
        int lambda = name.indexOf("$$Lambda");
        if (lambda >= 0) {
            return name.substring(0, lambda) + " lambda";
        }
        return body instanceof Class<?> || isDefaultToString(body) ? name : text(body);
    }

    private static boolean isDefaultToString(Object body) {
        try {
            return body.getClass().getMethod("toString").getDeclaringClass() == Object.class;
        } catch (NoSuchMethodException e) {
            return true;
        }
    }

    /** Calls the user's {@code toString}, whose failure must not become a failure of the loop that reports something. */
    static String text(Object object) {
        try {
            return String.valueOf(object.toString());
        } catch (RuntimeException | Error e) { // objects that describe each other end in a StackOverflowError
            return "<" + simpleName(object.getClass().getName()) + " whose toString failed>";
        }
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    /** A result or name as a reader expects it: strings in quotes, long ones cut. */
    static String value(@Nullable Object value) {
        String text = value instanceof CharSequence ? "'" + text(value) + "'" : value == null ? "null" : text(value);
        return text.length() <= MAX_VALUE_LENGTH ? text : text.substring(0, MAX_VALUE_LENGTH - 1) + "…";
    }
}
