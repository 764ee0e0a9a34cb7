/**
 * Coroutines on virtual threads that somebody else's loop steps; the only module of jasyncio that touches JDK internals.
 *
 * <p>For jasyncio's own modules: programs use {@code jasyncio.core}.
 */
module jasyncio.coroutine {
    requires static transitive org.jspecify;

    exports jasyncio.coroutine to
            jasyncio.core;
}
