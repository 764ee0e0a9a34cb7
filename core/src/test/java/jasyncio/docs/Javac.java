package jasyncio.docs;

import jasyncio.Asyncio;
import jasyncio.coroutine.CoroutineThread;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;

/** Compiles what pages show, as a user would: the library on the class path, every warning an error. */
public final class Javac {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** What single-file programs begin with. */
    private static final String HEADER = """
            import static jasyncio.Asyncio.*;
            import static java.lang.IO.println;
            import static java.time.Duration.*;
            import jasyncio.*;
            """;

    /** What the fragments that do not compile may call. */
    private static final String SURROUNDINGS = """
            String fetch(int n) throws IOException { sleep(ofMillis(n)); return "page " + n; }
            void work() { sleep(ZERO); }
            Task<String> task;
            List<Task<String>> tasks;
            """;

    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;\n");

    private Javac() {}

    /** The class path of a program that uses the library and nothing else. */
    static String classPath() {
        return Stream.of(Asyncio.class, CoroutineThread.class, NullMarked.class)
                .map(type -> Path.of(URI.create(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()))
                        .toString())
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    /** Compiles files and returns what the compiler said: nothing if all is well. */
    static String compile(Collection<Path> files, Path output) throws IOException {
        try (StandardJavaFileManager manager = COMPILER.getStandardFileManager(null, Locale.ENGLISH, null)) {
            return compile(manager, manager.getJavaFileObjectsFromPaths(files), output);
        }
    }

    /** Compiles a fragment, with a program around it if it has none, and returns what the compiler said. */
    public static String compileFragment(String code, Path output) throws IOException {
        String imports = IMPORT.matcher(code).results().map(r -> r.group()).collect(Collectors.joining());
        String body = IMPORT.matcher(code).replaceAll("");
        String program = body.contains("void main(") ? body : "void main() throws Exception {\n" + body + "}\n";
        String source = HEADER + imports + SURROUNDINGS + program;
        var file = new SimpleJavaFileObject(URI.create("string:///Fragment.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        try (StandardJavaFileManager manager = COMPILER.getStandardFileManager(null, Locale.ENGLISH, null)) {
            return compile(manager, List.of(file), output);
        }
    }

    private static String compile(
            StandardJavaFileManager manager, Iterable<? extends JavaFileObject> files, Path output) {
        var said = new StringWriter();
        List<String> options =
                List.of("-Xlint:all", "-Werror", "-proc:none", "-cp", classPath(), "-d", output.toString());
        COMPILER.getTask(said, manager, null, options, null, files).call();
        return said.toString();
    }
}
