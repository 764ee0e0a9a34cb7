package jasyncio.bench;

import java.util.List;

/** One side of a comparison: a program that does a benchmark's work in a child process. */
sealed interface Peer permits JvmPeer, PythonPeer, DatabasePeer {

    /** The name in tables and ratio lines, such as {@code cpython}. */
    String name();

    /** What it is, with its version. */
    String about() throws PeerMissingException;

    /** Whether it has a ratio line, or is only shown. */
    boolean rated();

    /**
     * The command that runs it, to be followed by the arguments of a plan.
     *
     * @param jvmFlags flags for it if it is a JVM
     */
    List<String> command(List<String> jvmFlags) throws PeerMissingException;

    /** What it reads from its standard input. */
    default String input() {
        return "";
    }
}
