package jasyncio.executor;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command line of a child: this JVM's own class path, module path and flags, then those given for children, which win. */
final class ChildCommand {
    /** Flags that two JVMs cannot share: they bind a port, wait for a debugger, or write to one file. */
    private static final List<String> NOT_FOR_CHILDREN = List.of(
            "-agentlib:jdwp",
            "-Xrunjdwp",
            "-Xdebug",
            "-Dcom.sun.management.jmxremote",
            "-XX:StartFlightRecording",
            "-XX:FlightRecorderOptions",
            "-XX:ArchiveClassesAtExit",
            "-XX:AOTCacheOutput",
            "-XX:AOTMode=record",
            "-Xlog:",
            "-Xloggc:");

    private ChildCommand() {}

    static List<String> of(List<String> flags) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(inherited());
        command.addAll(modules());
        command.addAll(flags);
        String classPath = System.getProperty("java.class.path", "");
        if (!classPath.isEmpty()) {
            command.addAll(List.of("-cp", classPath));
        }
        Module module = ChildCommand.class.getModule();
        String main = ChildProcess.class.getName();
        command.addAll(module.isNamed() ? List.of("-m", module.getName() + "/" + main) : List.of(main));
        return command;
    }

    private static List<String> inherited() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> NOT_FOR_CHILDREN.stream().noneMatch(flag::startsWith))
                .toList();
    }

    /** The program's main module is no longer the one that is started, and is to be there all the same. */
    private static List<String> modules() {
        String main = System.getProperty("jdk.module.main");
        return Stream.ofNullable(main).map(name -> "--add-modules=" + name).toList();
    }
}
