package jasyncio.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A program of the tour: a compact source file whose first comment has its title, in English and in Chinese, and what it shows.
 *
 * @param name the file's name without {@code .java}, which is that of its class too
 * @param real whether it takes threads, sockets or computing, and so needs real time
 * @param title the title in English and in Chinese
 * @param about what it shows, a paragraph a line
 */
record TourProgram(String name, boolean real, List<String> title, List<String> about, Path source) {
    private static final int TITLE_LINES = 2;
    private static final String LOOP_FACTORY = "jasyncio.loopFactory";
    private static final String VIRTUAL_LOOPS = "jasyncio.testkit.VirtualLoops";

    static TourProgram read(Path directory, String name, boolean real) {
        Path source = directory.resolve(name + ".java");
        List<String> comment = lines(source).stream()
                .skip(1)
                .takeWhile(line -> !line.startsWith(" */"))
                .map(line -> line.substring(2).strip())
                .toList();
        return new TourProgram(
                name, real, comment.subList(0, TITLE_LINES), comment.subList(TITLE_LINES + 1, comment.size()), source);
    }

    /** Returns the program without its first comment. */
    List<String> code() {
        return lines(source).stream()
                .dropWhile(line -> !line.startsWith(" */"))
                .skip(1)
                .toList();
    }

    /** Returns what CPython prints for the Python twin, if ours prints something else on purpose; else nothing. */
    List<String> differentInPython() {
        Path expected = source.resolveSibling("expected");
        return Files.exists(expected.resolve(name + ".jasyncio.txt"))
                ? lines(expected.resolve(name + ".txt"))
                : List.of();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs its {@code main} as it stands, in virtual time unless it or the caller wants real time. */
    void run(boolean inRealTime) throws Exception {
        if (real || inRealTime) {
            System.clearProperty(LOOP_FACTORY);
        } else {
            System.setProperty(LOOP_FACTORY, VIRTUAL_LOOPS);
        }
        Class<?> type = Class.forName(name);
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Method main = type.getDeclaredMethod("main");
        main.setAccessible(true);
        try {
            main.invoke(constructor.newInstance());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Whether somebody who types {@code word} means this one: case and hyphens do not matter. */
    boolean isCalled(String word) {
        return plain(name).equals(plain(word));
    }

    /** Returns how many letters have to be changed to make the name of {@code word}. */
    int distance(String word) {
        return Spelling.distance(plain(name), plain(word));
    }

    private static String plain(String word) {
        return word.replaceAll("[-_ ]", "").toLowerCase(Locale.ROOT);
    }
}
