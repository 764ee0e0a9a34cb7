package jasyncio.traces;

import java.util.ArrayList;
import java.util.List;

/** Two logs as one text: common lines once, the others marked with - or +. */
final class Difference {
    private Difference() {}

    static String between(List<String> expected, List<String> actual) {
        int[][] common = longestCommon(expected, actual);
        var lines = new ArrayList<String>();
        int i = 0;
        int j = 0;
        while (i < expected.size() || j < actual.size()) {
            if (i < expected.size() && j < actual.size() && expected.get(i).equals(actual.get(j))) {
                lines.add("  " + expected.get(i++));
                j++;
            } else if (j == actual.size() || (i < expected.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add("- " + expected.get(i++));
            } else {
                lines.add("+ " + actual.get(j++));
            }
        }
        return String.join("\n", lines);
    }

    /** The length of the longest common subsequence of both tails, for each pair of starts. */
    private static int[][] longestCommon(List<String> expected, List<String> actual) {
        var length = new int[expected.size() + 1][actual.size() + 1];
        for (int i = expected.size() - 1; i >= 0; i--) {
            for (int j = actual.size() - 1; j >= 0; j--) {
                length[i][j] = expected.get(i).equals(actual.get(j))
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        return length;
    }
}
