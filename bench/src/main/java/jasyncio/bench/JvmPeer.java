package jasyncio.bench;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A peer that is a Java program, run by the JDK that runs the benchmarks.
 *
 * @param program the name of its main class
 * @param flags the JVM flags it cannot do without
 */
record JvmPeer(String name, String about, boolean rated, String program, List<String> flags) implements Peer {

    JvmPeer {
        flags = List.copyOf(flags);
    }

    @Override
    public List<String> command(List<String> jvmFlags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.addAll(flags);
        command.add("-cp");
        command.add(classPath());
        command.add(program);
        return command;
    }

    /** Everything this JVM was given, be it on the class path or on the module path: the peers are no modules. */
    private static String classPath() {
        return Stream.of("java.class.path", "jdk.module.path")
                .map(property -> System.getProperty(property, ""))
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
