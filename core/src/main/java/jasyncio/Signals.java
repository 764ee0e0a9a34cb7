package jasyncio;

import java.util.HashMap;
import java.util.Map;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** The signal handlers of a loop: each runs as a callback of the loop. */
final class Signals {
    private final EventLoop loop;
    private final Map<String, SignalHandler> replaced = new HashMap<>();

    Signals(EventLoop loop) {
        this.loop = loop;
    }

    void add(String name, Runnable callback) {
        Given.given(callback, "A callback");
        Given.given(name, "A signal's name");
        Context context = Context.copyCurrent();
        SignalHandler before;
        try {
            before = Signal.handle(signal(name), _ -> loop.callSoonThreadsafe(callback, context));
        } catch (IllegalArgumentException e) {
            throw refused(name, e);
        }
        replaced.putIfAbsent(name, before);
    }

    boolean remove(String name) {
        SignalHandler before = replaced.remove(name);
        if (before == null) {
            return false;
        }
        Signal.handle(signal(name), before);
        return true;
    }

    void removeAll() {
        java.util.List.copyOf(replaced.keySet()).forEach(this::remove);
    }

    /** The JDK says the same of a signal that it keeps and of one that does not exist, but for the text. */
    private static IllegalArgumentException refused(String name, IllegalArgumentException e) {
        String why = e.getMessage() != null && e.getMessage().contains("already used")
                ? "the JVM or the operating system keeps it for itself; TERM, HUP, INT and USR2 are free for programs"
                : "there is none of this name; names are those of kill -l, such as TERM or HUP";
        return new IllegalArgumentException("Cannot handle the signal '" + name + "': " + why, e);
    }

    private static Signal signal(String name) {
        return new Signal(name.startsWith("SIG") ? name.substring(3) : name);
    }
}
