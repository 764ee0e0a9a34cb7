package jasyncio.bench.echo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The CPU time that a process has used, as Linux counts it in {@code /proc}. */
record ProcessClock(long userNanos, long systemNanos) {
    /** USER_HZ is 100 in every ABI of Linux that the JDK supports. */
    private static final long TICK_NANOS = 10_000_000;

    /** Counted after the parenthesis that closes the name of the command: the fields 14 and 15 of {@code proc(5)}. */
    private static final int USER = 11;

    private static final int SYSTEM = 12;

    static ProcessClock read(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return new ProcessClock(Long.parseLong(fields[USER]) * TICK_NANOS, Long.parseLong(fields[SYSTEM]) * TICK_NANOS);
    }

    ProcessClock since(ProcessClock before) {
        return new ProcessClock(userNanos - before.userNanos, systemNanos - before.systemNanos);
    }

    long nanos() {
        return userNanos + systemNanos;
    }
}
