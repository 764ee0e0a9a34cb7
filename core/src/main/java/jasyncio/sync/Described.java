package jasyncio.sync;

/** The common end of what the primitives' {@code toString} say. */
final class Described {
    private Described() {}

    static String waiters(Waiters waiters) {
        return waiters.size() == 0 ? "" : ", waiters:" + waiters.size();
    }
}
