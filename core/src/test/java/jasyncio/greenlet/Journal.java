package jasyncio.greenlet;

import static java.util.stream.Collectors.joining;

import jasyncio.Action;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** What a case logs with: see {@code journal.py}. */
final class Journal {
    final Greenlet main = Greenlet.current();

    private final IdentityHashMap<Greenlet, String> names = new IdentityHashMap<>();
    private final Map<String, Greenlet> greenlets = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private boolean finished;

    Journal() {
        name("main", main);
    }

    /** Creates a greenlet with a name for the log, under which it can be looked up. */
    Greenlet taking(String name, Greenlet.Body body) {
        return name(name, Greenlet.taking(body));
    }

    Greenlet of(String name, Callable<?> body) {
        return name(name, Greenlet.of(body));
    }

    Greenlet of(String name, Action<?> body) {
        return name(name, Greenlet.of(body));
    }

    private Greenlet name(String name, Greenlet greenlet) {
        names.put(greenlet, name);
        greenlets.put(name, greenlet);
        return greenlet;
    }

    Greenlet get(String name) {
        return greenlets.get(name);
    }

    void log(String text) {
        if (!finished) {
            lines.add(text);
        }
    }

    List<String> finish() {
        finished = true;
        return lines;
    }

    String current() {
        return show(Greenlet.current());
    }

    /** Runs the body and logs its value or what it throws. */
    void call(String label, Callable<?> body) {
        Object value;
        try {
            value = body.call();
        } catch (Throwable e) {
            log(label + ": raised " + show(e));
            return;
        }
        log(label + ": " + show(value));
    }

    void call(String label, Action<?> body) {
        call(label, () -> {
            body.run();
            return null;
        });
    }

    /** Logs where greenlets stand. */
    void state(String... names) {
        for (String name : names) {
            Greenlet each = get(name);
            log(name + ": " + (each.active() ? "active" : "inactive") + ", " + (each.dead() ? "dead" : "not dead")
                    + ", parent " + show(each.parent()));
        }
    }

    /** A tracer that logs. */
    void trace(Tracer.Event event, Greenlet origin, Greenlet target) {
        String how = event == Tracer.Event.SWITCH ? "switch" : "throw";
        log("traced " + how + " " + show(origin) + " to " + show(target) + " in " + current());
    }

    /** Runs the body on another thread, to its end. */
    void elsewhere(Runnable body) throws InterruptedException {
        Thread thread = Thread.ofPlatform().start(body);
        thread.join();
    }

    String show(Object value) {
        return switch (value) {
            case null -> "none";
            case Greenlet greenlet -> names.getOrDefault(greenlet, "unknown");
            case Boolean yes -> yes ? "yes" : "no";
            case Collection<?> values -> values.stream().map(this::show).collect(joining(", ", "[", "]"));
            case GreenletExit exit -> exit.getMessage() == null ? "exit" : "exit: " + exit.getMessage();
            case Failed failed -> "failed: " + failed.getMessage();
            case GreenletException _ -> "greenlet error";
            case IllegalArgumentException _ -> "invalid argument";
            case NullPointerException _ -> "invalid argument";
            case IllegalStateException _ -> "not settable";
            case Throwable unexpected -> "unexpected " + unexpected;
            default -> value.toString();
        };
    }
}
