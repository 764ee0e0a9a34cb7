package jasyncio.verify;

import java.util.Set;
import java.util.function.Function;

/**
 * How to write a kind of statement.
 *
 * @param weight how often, among those of its theme
 */
record Rule(Theme theme, int weight, Set<Trait> traits, Function<Scope, Draft> writer) {

    /** What decides where a kind of statement may stand. */
    enum Trait {
        /** A callback cannot execute it. */
        SUSPENDS,
        /** It may wait for ever. */
        BLOCKS,
        /** It contains bodies. */
        NESTS,
        /** It gives a name to a future. */
        NAMES,
        /** It ends the body. */
        ENDS
    }

    boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** How much of its weight counts in that scope, in percent. */
    int chance(Scope scope) {
        if ((is(Trait.SUSPENDS) && !scope.suspends())
                || (is(Trait.NESTS) && scope.depth() >= Scope.MAX_DEPTH)
                || (is(Trait.NAMES) && scope.rank() == 0)
                || (is(Trait.ENDS) && scope.depth() == 0)) {
            return 0;
        }
        return theme.needs().isEmpty() || scope.sees(theme.needs()) ? 100 : 10;
    }
}
