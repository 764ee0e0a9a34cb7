package jasyncio.stress;

/** What the broken twins do between the two steps that belong together, so that a short run on a busy machine catches them. */
public final class Pause {
    private static final int SPINS = 500;

    private Pause() {}

    /** Lets the other thread come in between. */
    public static void widenTheGap() {
        for (int i = 0; i < SPINS; i++) {
            Thread.onSpinWait();
        }
    }
}
