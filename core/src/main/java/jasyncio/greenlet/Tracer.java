package jasyncio.greenlet;

/** Called after each switch on the thread that it was {@linkplain Greenlet#setTracer set} for. */
@FunctionalInterface
public interface Tracer {
    /** How control was handed over. */
    enum Event {
        /** With a value. */
        SWITCH,
        /** With an exception that is about to be thrown. */
        THROW
    }

    /**
     * Runs in {@code target}, before it goes on. What it throws is thrown there instead, and no tracer is set from then on.
     *
     * @param origin the greenlet that gave control away, or ended
     * @param target the greenlet that has it now
     */
    void traced(Event event, Greenlet origin, Greenlet target) throws Exception;
}
