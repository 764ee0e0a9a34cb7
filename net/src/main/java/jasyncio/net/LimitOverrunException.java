package jasyncio.net;

import java.io.IOException;

/** No separator came within the reader's limit. What was received stays in the reader. */
public final class LimitOverrunException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int consumed;

    /** @param consumed how many bytes may be read without coming upon the separator */
    public LimitOverrunException(String message, int consumed) {
        super(message);
        this.consumed = consumed;
    }

    /** Returns how many bytes may be read without coming upon the separator. */
    public int consumed() {
        return consumed;
    }
}
