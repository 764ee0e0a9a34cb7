package jasyncio.verify;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The command {@code verify/fuzz}; see {@link Options#USAGE}. */
public final class Fuzz implements Comparison.Listener {
    /** Shrinking takes time, and the first few say what is wrong. */
    private static final int MAX_SHRUNK = 5;

    private static final long NANOS_BETWEEN_PROGRESS = 5_000_000_000L;

    private final Options options;
    private final Comparison comparison;
    private final PrintStream out = System.out;
    private final List<Recording> recordings = new ArrayList<>();
    private final long start = System.nanoTime();
    private long lastProgress = start;
    private int done;
    private int divergent;

    private Fuzz(Options options, Comparison comparison) {
        this.options = options;
        this.comparison = comparison;
    }

    public static void main(String... arguments) throws Exception {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        try {
            Options options = Options.parse(Arrays.asList(arguments));
            if (options.backend != null) {
                System.setProperty("jasyncio.backend", options.backend);
            }
            try (var comparison = new Comparison(python(options))) {
                System.exit(new Fuzz(options, comparison).run());
            }
        } catch (Options.BadOptionException e) {
            System.err.println("verify/fuzz: " + e.getMessage() + "; verify/fuzz --help tells more");
            System.exit(2);
        }
    }

    private static Path python(Options options) throws Options.BadOptionException {
        Path named = options.python;
        if (named == null) {
            return PythonFinder.find()
                    .orElseThrow(
                            () -> new Options.BadOptionException(
                                    "needs CPython 3.13, and none was found on PATH or under pyenv: name one with --python PATH"));
        }
        if (!Files.isExecutable(named) || !PythonFinder.fits(named)) {
            throw new Options.BadOptionException("--python takes a CPython 3.13, which " + named + " is not");
        }
        return named;
    }

    private static Program read(Path file) throws Options.BadOptionException {
        try {
            return Program.parse(Files.readString(file));
        } catch (IOException | JsonParseException | IllegalStateException e) {
            throw new Options.BadOptionException("cannot read a program from " + file + ": " + e);
        }
    }

    private int run() throws Exception {
        if (options.program != null) {
            Comparison.Result result = comparison.compare(read(options.program));
            compared(0, result);
            if (!result.differs()) {
                result.expected().forEach(out::println);
            }
        } else {
            comparison.compare(options.seed, options.count, this);
        }
        if (options.record != null) {
            Recording.write(recordings, Files.newOutputStream(options.record));
        }
        out.println(done + " programs, " + divergent + " divergent");
        out.flush();
        return divergent == 0 ? 0 : 1;
    }

    @Override
    public void compared(long seed, Comparison.Result result) throws Exception {
        done++;
        if (options.record != null) {
            recordings.add(new Recording(result.program(), result.expected()));
        }
        if (result.differs()) {
            divergent++;
            show(seed, result);
        }
        showProgress();
    }

    private void show(long seed, Comparison.Result result) throws Exception {
        if (divergent > MAX_SHRUNK) {
            out.println("The program of seed " + seed + " differs too");
            return;
        }
        Program smallest = Shrinker.shrink(
                result.program(), program -> comparison.compare(program).differs());
        Comparison.Result shown = comparison.compare(smallest);
        if (!shown.differs()) { // it does so only now and then: show it as it was
            shown = result;
        }
        out.println("The program of seed " + seed + " differs. Shrunk:");
        out.println(new GsonBuilder()
                .setPrettyPrinting()
                .create()
                .toJson(shown.program().tree()));
        out.println(Difference.between(shown.expected(), shown.actual()));
        out.flush();
    }

    private void showProgress() {
        long now = System.nanoTime();
        if (now - lastProgress > NANOS_BETWEEN_PROGRESS) {
            lastProgress = now;
            System.err.printf(
                    Locale.ROOT,
                    "%d of %d programs, %d divergent, %.0f a second%n",
                    done,
                    options.count,
                    divergent,
                    done / ((now - start) / 1e9));
        }
    }
}
