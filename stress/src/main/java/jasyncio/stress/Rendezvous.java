package jasyncio.stress;

/** Where two threads wait for each other, so that what they do next is done at the same time. */
public final class Rendezvous {
    /** On a machine that is busy the other thread may have to be let run first. */
    private static final int SPINS = 2_000;

    private volatile boolean first;
    private volatile boolean second;

    /** For one of the two threads. */
    public void meetAsFirst() {
        first = true;
        for (int spins = 0; !second; spins++) {
            await(spins);
        }
    }

    /** For the other one. */
    public void meetAsSecond() {
        second = true;
        for (int spins = 0; !first; spins++) {
            await(spins);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // nothing depends on it but the time it takes
    private static void await(int spins) {
        if (spins < SPINS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }
}
