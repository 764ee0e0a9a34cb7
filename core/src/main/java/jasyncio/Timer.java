package jasyncio;

/** What waits in {@link HeapTimers}; when due it goes to the ready queue. */
interface Timer {
    /** Tells that it was cancelled, so that nothing need happen. */
    boolean dead();

    /** Told when it leaves the timers, due or dead. */
    default void removed() {}
}
