package jasyncio;

import org.jspecify.annotations.Nullable;

/** Says what a caller has to give, where a null would fail later with a message about our insides. */
final class Given {
    private Given() {}

    /** @param what with its article: "A body" */
    static <T> T given(@Nullable T value, String what) {
        if (value == null) {
            throw new NullPointerException(what + " is needed; it is null");
        }
        return value;
    }

    /** @param options what the caller's function of the options returned */
    static <T> T options(@Nullable T options) {
        if (options == null) {
            throw new NullPointerException("The options are null; return the object that was given");
        }
        return options;
    }
}
