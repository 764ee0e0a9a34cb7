package jasyncio.net;

import java.io.EOFException;

/** The stream ended before what was asked for was complete. */
public final class IncompleteReadException extends EOFException {
    private static final long serialVersionUID = 1L;

    private final byte[] partial;
    private final int expected;

    /**
     * @param partial what was read
     * @param expected how many bytes were asked for; negative if that is not known
     */
    public IncompleteReadException(byte[] partial, int expected) {
        super("The stream ended after " + partial.length + " bytes of "
                + (expected < 0 ? "an unknown number of" : Integer.toString(expected)) + " expected");
        this.partial = partial.clone();
        this.expected = expected;
    }

    /** Returns what was read; a copy. */
    public byte[] partial() {
        return partial.clone();
    }

    /** Returns how many bytes were asked for; negative if that is not known. */
    public int expected() {
        return expected;
    }
}
