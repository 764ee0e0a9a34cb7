package jasyncio;

import com.sun.management.HotSpotDiagnosticMXBean;
import jasyncio.coroutine.Backend;
import jasyncio.coroutine.CoroutineThread;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the {@link Watchdog} says of a loop that is stopped: who, where, waiting for what, held by whom, and the cure. */
final class StallReport {
    /** Where a thread's entry begins in the JVM's thread dump, what it waits for, and its name. */
    private static final Pattern ENTRY = Pattern.compile("(?=\\{\\s*\"tid\":)");

    private static final Pattern WANTED = Pattern.compile("\"(?:blockedOn|object|waitingOn)\": \"([^\"]+)\"");
    private static final Pattern NAME = Pattern.compile("\"tid\": \"(\\d+)\".*?\"name\": \"([^\"]*)\"", Pattern.DOTALL);

    /** A thread that waits so counts as running, and has no native frame. */
    private static final String UNSEEN =
            "\nIts thread uses no processor time: it may wait for a class that another thread initialises";

    private StallReport() {}

    /** @param usesProcessor whether the loop's thread does, as far as anybody can tell */
    static String of(Kernel kernel, Duration limit, boolean usesProcessor) {
        CoroutineThread mounted = kernel.mounted();
        Object owner = mounted == null ? null : mounted.owner();
        Thread thread = mounted == null ? kernel.loopThread() : mounted.thread();
        if (thread == null) {
            return "Event loop " + kernel.loop.name() + " has not moved for " + seconds(limit);
        }
        Task<?> task = mounted == null ? null : Await.taskOf(mounted);
        String who = task != null
                ? "task '" + task.name() + "'"
                : owner instanceof CallbackRunner ? "a callback" : "the loop's own thread (please report)";
        Thread.State state = thread.getState();
        boolean blocked = state == Thread.State.BLOCKED
                || state == Thread.State.WAITING
                || state == Thread.State.TIMED_WAITING
                || inNativeMethod(thread);
        boolean seemsToRun = !blocked;
        blocked |= !usesProcessor;
        return "Event loop " + kernel.loop.name() + " has not moved for " + seconds(limit) + ": " + who
                + (blocked ? " is blocked" : " is running without awaiting") + " at" + StallFrames.of(thread)
                + lock(thread) + (blocked && seemsToRun ? UNSEEN : "") + "\n" + cure(kernel.backend(), blocked);
    }

    /** What to say of a task that is blocked while its loop is well. */
    static String ofBlocked(Kernel kernel, Task<?> task, Thread thread, Duration limit) {
        String lock = lock(thread);
        Thread loopThread = kernel.loopThread();
        boolean callersLock = loopThread != null && lock.contains(" #" + loopThread.threadId() + " '");
        return "Task '" + task.name() + "' of event loop " + kernel.loop.name() + " has waited for a lock for "
                + seconds(limit) + " at" + StallFrames.of(thread) + lock + "\n"
                + (callersLock
                        ? "That is the loop's own thread, and what the caller of run() holds is not the tasks': a task is a thread of its"
                                + " own. Let go of the lock before run(), or take it in the task only"
                        : "The other tasks go on. Whoever holds the lock must not wait for this task");
    }

    private static String cure(Backend backend, boolean blocked) {
        if (!blocked) {
            String compute =
                    "No other task runs meanwhile. Let it await (sleep(Duration.ZERO) is enough), or compute in toThread(…)";
            return backend.parksBlockingCalls()
                    ? compute
                    : compute
                            + ". On the portable backend short blocking calls one after another do the same: start java with "
                            + Backend.FLAGS;
        }
        return backend.parksBlockingCalls()
                ? "No other task runs meanwhile: this call cannot park its task only (a file, a native method, a class that another thread"
                        + " initialises, a lock held by a thread that waits for the loop). Use toThread(…) for it"
                : "On the portable backend a blocking call blocks the loop, and a timeout cannot end it. Start java with "
                        + Backend.FLAGS + ", or use toThread(…) for the call";
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() / 1000.0 + " s";
    }

    /** A thread in a native method counts as running, but may wait in there for a file or a pipe. */
    private static boolean inNativeMethod(Thread thread) {
        StackTraceElement[] frames = thread.getStackTrace();
        return frames.length > 0 && frames[0].isNativeMethod();
    }

    /** Says which lock the thread waits for and who holds it, as far as the JVM's thread dump tells. */
    private static String lock(Thread thread) {
        if (thread.getState() != Thread.State.BLOCKED) {
            Object blocker = LockSupport.getBlocker(thread);
            return blocker == null ? "" : "\nIt waits for " + blocker;
        }
        // Only for monitors, of which nothing else tells the owner: a dump of virtual threads that run meanwhile can
        // crash the JVM (JDK
        // 25.0.3), and this one does not.
        try {
            List<String> entries = ENTRY.splitAsStream(threadDump()).toList();
            String id = "\"tid\": \"" + thread.threadId() + "\"";
            for (String entry : entries) {
                Matcher wanted = WANTED.matcher(entry);
                if (entry.contains(id) && wanted.find()) {
                    return "\nIt waits for " + wanted.group(1) + holder(entries, wanted.group(1));
                }
            }
        } catch (IOException | RuntimeException e) {
            // The report is worth having without this line.
        }
        return "";
    }

    private static String holder(List<String> entries, String lock) {
        for (String entry : entries) {
            int owned = entry.indexOf("\"monitorsOwned\"");
            Matcher name = NAME.matcher(entry);
            if (owned >= 0 && entry.indexOf(lock, owned) >= 0 && name.find()) {
                return ", which is held by thread #" + name.group(1) + " '" + name.group(2) + "'";
            }
        }
        return "";
    }

    private static String threadDump() throws IOException {
        Path file = Files.createTempDirectory("jasyncio").resolve("threads.json");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
            return Files.readString(file);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.getParent());
        }
    }

    /** Writes to standard error past {@code System.err}, whose lock may be what the loop waits for. */
    static void print(String report) {
        try {
            // Not closed: that would close the process's standard error.
            @SuppressWarnings("resource")
            var err = new FileOutputStream(FileDescriptor.err);
            err.write((report + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // There is nowhere left to say it.
        }
    }
}
