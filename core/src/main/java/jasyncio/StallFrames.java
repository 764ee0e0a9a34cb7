package jasyncio;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The frames of a thread that a {@link StallReport} shows: not many, and a line of the program among them. */
final class StallFrames {
    private static final int MAX = 12;

    /** How many show what the program has called, if that is so deep in the JDK that the program itself would not be seen. */
    private static final int MAX_OF_JDK = 4;

    private StallFrames() {}

    /** Returns them as the lines of a stack trace, each after a line break. */
    static String of(Thread thread) {
        StackTraceElement[] all = thread.getStackTrace();
        StackTraceElement[] user = Traces.userFrames(all);
        if (user.length == 0) {
            user = all; // it has not come to the user's code: a class is being initialised, for instance
        }
        StackTraceElement[] frames =
                Arrays.stream(user).filter(frame -> !isParking(frame)).toArray(StackTraceElement[]::new);
        int first = IntStream.range(0, frames.length)
                .filter(i -> !isOfJdk(frames[i]))
                .findFirst()
                .orElse(0);
        if (first < MAX) {
            return lines(frames, 0, MAX).collect(Collectors.joining());
        }
        return Stream.of(lines(frames, 0, MAX_OF_JDK), Stream.of("\n\t…"), lines(frames, first, MAX - MAX_OF_JDK))
                .flatMap(lines -> lines)
                .collect(Collectors.joining());
    }

    private static Stream<String> lines(StackTraceElement[] frames, int from, int count) {
        return Arrays.stream(frames).skip(from).limit(count).map(frame -> "\n\tat " + frame);
    }

    /** How the JDK parks a virtual thread, whatever it waits for. */
    private static boolean isParking(StackTraceElement frame) {
        return frame.getMethodName().startsWith("park")
                && (frame.getClassName().startsWith("java.lang.System$")
                        || frame.getClassName().equals("java.lang.VirtualThread"));
    }

    private static boolean isOfJdk(StackTraceElement frame) {
        String module = frame.getModuleName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }
}
