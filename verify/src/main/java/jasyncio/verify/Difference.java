package jasyncio.verify;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows where two traces part. */
final class Difference {
    private Difference() {}

    /** The common beginning, then what each says. */
    static String between(List<String> expected, List<String> actual) {
        int common = 0;
        while (common < Math.min(expected.size(), actual.size())
                && expected.get(common).equals(actual.get(common))) {
            common++;
        }
        return Stream.of(
                        expected.stream().limit(common).map(line -> "      " + line),
                        expected.stream().skip(common).map(line -> "py    " + line),
                        actual.stream().skip(common).map(line -> "java  " + line))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }
}
