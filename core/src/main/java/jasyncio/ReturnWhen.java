package jasyncio;

/** When {@link Asyncio#wait} returns. */
public enum ReturnWhen {
    /** As soon as one is done or cancelled. */
    FIRST_COMPLETED,
    /** As soon as one has failed (cancelled ones do not count); when none does, as soon as all are done. */
    FIRST_EXCEPTION,
    /** When all are done or cancelled. */
    ALL_COMPLETED
}
