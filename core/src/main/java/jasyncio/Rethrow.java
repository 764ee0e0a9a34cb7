package jasyncio;

/** Throws any throwable as it is, undeclared: a failure that crosses a task keeps its identity and its type. */
final class Rethrow {
    private Rethrow() {}

    /** Never returns; the return type lets the caller write {@code throw}. */
    static RuntimeException unchecked(Throwable e) {
        throw Rethrow.<RuntimeException>as(e);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X as(Throwable e) throws X {
        throw (X) e;
    }
}
