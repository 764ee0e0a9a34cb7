import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout of its own, which is built already, with this JDK but for the agent, and without a locale. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
@Tag("once")
class LauncherTest {
    private static final String JDK = System.getProperty("java.home");

    @TempDir
    private Path directory;

    private Path checkout;

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = makeCheckout("checkout");
        write(
                "jdk/release",
                "JAVA_VERSION=\"%d.0.1\"\n".formatted(Runtime.version().feature()));
        script("jdk/bin/javac", "exec '%s/bin/javac' \"$@\"".formatted(JDK));
        script("jdk/bin/java", """
                for argument; do
                    shift
                    case $argument in -javaagent:*) ;; *) set -- "$@" "$argument" ;; esac
                done
                exec '%s/bin/java' "$@"
                """.formatted(JDK));
    }

    private Path makeCheckout(String name) throws IOException {
        write(name + "/pom.xml", "");
        write(name + "/examples/target/lib/.built", "");
        Files.createDirectories(directory.resolve(name + "/target"));
        return Files.copy(Path.of("..", "jasyncio"), directory.resolve(name + "/jasyncio"))
                .getParent();
    }

    private Path write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void script(String name, String text) throws IOException {
        assertTrue(write(name, "#!/bin/sh\n" + text).toFile().setExecutable(true));
    }

    private record Result(int exitCode, String out, String err) {}

    /** Runs what a shell reads: the names in it may have letters that this JVM cannot hand over. */
    private Result launch(String command) throws Exception {
        var process = new ProcessBuilder("sh", write("command", command).toString());
        process.directory(directory.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        var variables = process.environment();
        List.of("LANG", "LC_ALL", "LC_CTYPE", "CLASSPATH", "JDK_JAVA_OPTIONS").forEach(variables::remove);
        variables.put("JAVA25_HOME", directory.resolve("jdk").toString());
        variables.put("PATH", directory.resolve("bin") + ":" + variables.get("PATH"));
        var running = process.start();
        if (!running.waitFor(60, TimeUnit.SECONDS)) {
            running.destroyForcibly().waitFor();
            throw new AssertionError("the launcher hangs after " + read("out") + read("err"));
        }
        return new Result(running.exitValue(), read("out"), read("err"));
    }

    private String read(String name) throws IOException {
        return new String(Files.readAllBytes(directory.resolve(name)), UTF_8);
    }

    private void assertPrints(String out, String command) throws Exception {
        var result = launch(command);
        assertEquals(0, result.exitCode, result.err);
        assertEquals(out + "\n", result.out);
    }

    private void assertRefused(String reason, String command) throws Exception {
        var result = launch(command);
        assertEquals(2, result.exitCode, result.err);
        assertTrue(result.err.contains(reason), result.err);
        assertEquals(1, result.err.lines().count(), result.err);
    }

    @Test
    void run_withoutLocale_knowsNamesOutsideAscii() throws Exception {
        assertPrints("ä ü", """
                mkdir Ümläut
                echo 'void main(String[] args) { IO.println(args[0] + " " + new Größe().text()); }' >Ümläut/A.java
                echo 'class Größe { String text() { return "ü"; } }' >Ümläut/Größe.java
                mv checkout Chäckout
                Chäckout/jasyncio run Ümläut/A.java ä
                """);
    }

    @Test
    void run_findsThePackage_behindAComment() throws Exception {
        write(
                "lic/P.java",
                "/* license */ package lic;\nclass P { void main() { IO.println(getClass().getName()); } }");
        assertPrints("lic.P", "checkout/jasyncio run lic/P.java");
    }

    @Test
    void run_handsPreviewOnToTheCompiler() throws Exception {
        write("Prev.java", "void main() { Object o = 5; if (o instanceof int i) IO.println(i); }");
        assertPrints("5", "checkout/jasyncio run --enable-preview Prev.java");
    }

    @Test
    void run_refusesOptionsInTwoWords_andClassPaths() throws Exception {
        write("A.java", "void main() {}");
        assertRefused("one word: --add-modules=java.sql", "checkout/jasyncio run --add-modules java.sql A.java");
        assertRefused("run takes no -cp: name in CLASSPATH", "checkout/jasyncio run -cp lib A.java");
    }

    @Test
    void checkout_atAPathThatToolsMisread_isRefused() throws Exception {
        makeCheckout("a=b");
        makeCheckout("a:b");
        assertRefused("/a=b: ", "./a=b/jasyncio run A.java");
        assertRefused("/a:b: ", "./a:b/jasyncio run A.java");
    }

    @Test
    void build_whereItCannotWrite_isRefusedAtOnce() throws Exception {
        write("A.java", "void main() {}");
        script("bin/mvn", "exit 1");
        Files.delete(checkout.resolve("examples/target/lib/.built"));
        Files.delete(checkout.resolve("target"));
        Files.createFile(checkout.resolve("target"));
        assertRefused("/target is not writable", "checkout/jasyncio run A.java");
    }

    @Test
    void build_takesALockAway_thatNobodyOwns() throws Exception {
        write("A.java", "void main() { IO.println(\"built\"); }");
        script("bin/mvn", "mkdir -p examples/target/lib");
        Files.delete(checkout.resolve("examples/target/lib/.built"));
        Files.createDirectory(checkout.resolve("target/launcher.lock"));
        var result = launch("checkout/jasyncio run A.java");
        assertEquals("built\n", result.out, result.err);
        assertTrue(result.err.contains("takes a minute or two; output in "), result.err);
        assertFalse(Files.exists(checkout.resolve("target/launcher.lock")));
    }

    @Test
    void cache_thatCannotBeWritten_isToldWithTheCure() throws Exception {
        write("A.java", "void main() {}");
        Files.delete(checkout.resolve("target"));
        assertRefused("set XDG_CACHE_HOME to", "XDG_CACHE_HOME=/dev/null checkout/jasyncio run A.java");
    }

    @Test
    void cache_forgetsWhatNobodyHasRunForAMonth() throws Exception {
        var old = FileTime.from(Instant.now().minus(Duration.ofDays(40)));
        var known = new ArrayList<Path>();
        for (String name : List.of("old", "tour-new", "tour-old")) {
            Path classes = checkout.resolve("target/run/" + name + "/jasyncio");
            Files.createDirectories(classes);
            Files.setLastModifiedTime(classes, old);
            known.add(classes);
        }
        Files.setLastModifiedTime(known.get(0).getParent(), old);
        Files.setLastModifiedTime(known.get(2).getParent(), old);
        write("A.java", "void main() { IO.println(); }");
        assertPrints("", "checkout/jasyncio run A.java");
        assertEquals(
                List.of(false, true, false), known.stream().map(Files::exists).toList());
    }
}
