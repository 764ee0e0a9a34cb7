package jasyncio.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * The signatures that users of a compiled module can see, as {@code javap} prints them: public and protected members of
 * public types in exported packages, types and members sorted, the package {@code java.lang} left out.
 */
final class PublicSurface {
    private static final ToolProvider JAVAP = ToolProvider.findFirst("javap").orElseThrow();

    private final Path classes;

    PublicSurface(Path classes) {
        this.classes = classes;
    }

    String describe() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String name : exportedPackages()) {
            for (String type : visibleTypes(name)) {
                text.append(describeType(type)).append('\n');
            }
        }
        return text.toString();
    }

    private List<String> exportedPackages() throws IOException {
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            return ModuleDescriptor.read(in).exports().stream()
                    .filter(exports -> !exports.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .sorted()
                    .toList();
        }
    }

    private List<String> visibleTypes(String packageName) throws IOException {
        try (Stream<Path> files = Files.list(classes.resolve(packageName.replace('.', '/')))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .map(name -> packageName + "." + name.substring(0, name.length() - ".class".length()))
                    .filter(PublicSurface::isVisible)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isVisible(String name) {
        try {
            Class<?> type = Class.forName(name, false, PublicSurface.class.getClassLoader());
            for (Class<?> c = type; c != null; c = c.getEnclosingClass()) {
                boolean visible = Modifier.isPublic(c.getModifiers()) || Modifier.isProtected(c.getModifiers());
                if (!visible || c.isAnonymousClass() || c.isLocalClass()) {
                    return false;
                }
            }
            return true;
        } catch (ClassNotFoundException e) {
            throw new AssertionError("No class " + name + " on the class path of the test", e);
        }
    }

    /** The first line opens the type, the last closes it, and the members stand between. */
    private String describeType(String name) {
        List<String> lines = new ArrayList<>(javap(name)
                .lines()
                .filter(line -> !line.startsWith("Compiled from"))
                .map(line -> line.replaceAll("java\\.lang\\.(?=[A-Z])", ""))
                .toList());
        lines.subList(1, lines.size() - 1).sort(null);
        return String.join("\n", lines);
    }

    private String javap(String name) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode =
                JAVAP.run(new PrintWriter(out), new PrintWriter(err), "-protected", "-cp", classes.toString(), name);
        if (exitCode != 0) {
            throw new AssertionError("javap failed on " + name + ": " + err);
        }
        return out.toString();
    }
}
