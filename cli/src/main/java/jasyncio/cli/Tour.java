package jasyncio.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./jasyncio tour}: shows the programs of the course notes, one after another, with their titles and what they print.
 *
 * <p>They run in this JVM, each on a loop of its own in virtual time, where a pause takes none; those that take threads, sockets or
 * computing run in real time, and with {@code --real} all do.
 */
public final class Tour {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final int WIDTH = 72;

    private final TourIndex index;
    private final Path root;
    private final PrintStream out;
    private boolean inRealTime;
    private boolean list;
    private final List<TourProgram> chosen = new ArrayList<>();

    private Tour(Path root, PrintStream out) throws IOException {
        this.root = root;
        this.index = TourIndex.read(root.resolve("examples/tour"));
        this.out = out;
    }

    /**
     * Runs the tour; ends the JVM with 1 if a program failed, with 2 if there is none of that name.
     *
     * @param arguments the project's root, then what was typed after {@code tour}
     */
    public static void main(String[] arguments) throws IOException {
        var tour = new Tour(Path.of(arguments[0]), System.out);
        try {
            tour.understand(List.of(arguments).subList(1, arguments.length));
        } catch (IllegalArgumentException e) {
            System.err.println("jasyncio: " + e.getMessage());
            System.exit(MISUSED);
        }
        if (!tour.begin()) {
            System.exit(FAILED);
        }
    }

    private void understand(List<String> arguments) {
        for (String argument : arguments) {
            switch (argument) {
                case "--real" -> inRealTime = true;
                case "--list" -> list = true;
                default -> {
                    if (argument.startsWith("-")) {
                        throw new IllegalArgumentException(
                                "tour knows --list and --real, not '" + argument + "'; ./jasyncio help tells more");
                    }
                    chosen.add(index.find(argument));
                }
            }
        }
    }

    /** Returns whether all went well. */
    private boolean begin() {
        if (list) {
            list();
            return true;
        }
        boolean well = true;
        if (chosen.isEmpty()) {
            for (var section : index.sections()) {
                out.println("━━ " + section.heading() + " ━━\n");
                for (var program : section.programs()) {
                    well &= show(program);
                }
            }
        } else {
            for (var program : chosen) {
                well &= show(program);
            }
        }
        return well;
    }

    private void list() {
        for (var section : index.sections()) {
            out.println(section.heading());
            for (var program : section.programs()) {
                out.printf("  %-21s %s%n", program.name(), String.join(" · ", program.title()));
            }
        }
    }

    private boolean show(TourProgram program) {
        var programs = index.programs();
        String heading = "── %d/%d %s ".formatted(programs.indexOf(program) + 1, programs.size(), program.name());
        out.println(heading + "─".repeat(Math.max(2, WIDTH - heading.length())));
        program.title().forEach(out::println);
        program.about().stream().filter(line -> !line.isEmpty()).forEach(out::println);
        out.println(root.relativize(program.source()));
        out.println();
        if (!chosen.isEmpty()) {
            indented(program.code());
        }
        try {
            program.run(inRealTime);
            return true;
        } catch (Exception | AssertionError e) {
            out.println("failed: " + e);
            return false;
        } finally {
            out.println();
            if (!chosen.isEmpty() && !program.differentInPython().isEmpty()) {
                out.println("CPython prints:");
                indented(program.differentInPython());
            }
        }
    }

    private void indented(List<String> lines) {
        lines.forEach(line -> out.println(line.isEmpty() ? "" : "    " + line));
        out.println();
    }
}
