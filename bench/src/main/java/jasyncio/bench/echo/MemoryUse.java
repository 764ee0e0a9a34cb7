package jasyncio.bench.echo;

import io.netty.util.internal.PlatformDependent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory that a server uses, in bytes.
 *
 * @param heap live objects, after full collections
 * @param direct what the JDK's direct buffers and Netty's own take outside the heap
 * @param resident what the operating system counts, heap that is free and code included
 */
public record MemoryUse(long heap, long direct, long resident) {
    /** What a server is asked on its standard input. */
    public static final String QUESTION = "memory?";

    /** What the line that it answers with starts with. */
    public static final String MARK = "memory ";

    private static final int COLLECTIONS = 3;
    private static final long PAUSE_MILLIS = 200;

    /** What follows the mark. */
    public static MemoryUse parse(String line) {
        String[] parts = line.split(" ", -1);
        return new MemoryUse(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    /** Answers questions from now on, in a thread that does not keep the server alive. */
    static void answer() {
        Thread.ofPlatform().daemon().name("memory").start(() -> {
            try (var questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                while (QUESTION.equals(questions.readLine())) {
                    MemoryUse use = now();
                    System.out.println(MARK + use.heap + " " + use.direct + " " + use.resident);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Several collections, since what one finds unreachable may let go of more by a cleaner's thread. */
    private static MemoryUse now() throws IOException, InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(PAUSE_MILLIS);
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new MemoryUse(heap, countDirect(), countResident());
    }

    /** Netty counts what it allocates around the JDK's account, which is the other part. */
    private static long countDirect() {
        long direct = Math.max(0, PlatformDependent.usedDirectMemory());
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            direct += pool.getName().equals("direct") ? pool.getMemoryUsed() : 0;
        }
        return direct;
    }

    private static long countResident() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new IOException("No VmRSS in /proc/self/status");
    }
}
