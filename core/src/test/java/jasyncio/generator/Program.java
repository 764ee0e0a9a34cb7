package jasyncio.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** A random program: an expression in parentheses, read as lists of lists and words. */
record Program(List<List<?>> bodies, List<List<?>> steps) {

    static Program parse(String text) {
        var tokens = new StringTokenizer(text, "() ", true);
        tokens.nextToken();
        List<?> parts = list(tokens);
        return new Program(lists(parts.get(0)), lists(parts.get(1)));
    }

    /** Reads what follows an opening parenthesis. */
    private static List<Object> list(StringTokenizer tokens) {
        var list = new ArrayList<>();
        while (true) {
            String token = tokens.nextToken();
            switch (token) {
                case "(" -> list.add(list(tokens));
                case ")" -> {
                    return list;
                }
                case " " -> {}
                default -> list.add(token);
            }
        }
    }

    @SuppressWarnings("unchecked")
    static List<List<?>> lists(Object list) {
        return (List<List<?>>) list;
    }
}
