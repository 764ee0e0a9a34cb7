package jasyncio.bench.peer;

/**
 * What a lock or a semaphore guards: counts who is in, how many were in at most, and how often somebody came.
 *
 * <p>Not thread-safe: the tasks of one event loop enter and leave it.
 */
public final class Room {

    private int inside;
    private int most;
    private int visits;

    public void enter() {
        inside++;
        most = Math.max(most, inside);
        visits++;
    }

    public void leave() {
        inside--;
    }

    /** Checks that it was entered this often, and that it was full at times and never fuller than it may be. */
    public void expect(int visits, int places) {
        Expect.equal(visits, this.visits);
        Expect.equal(places, most);
    }
}
