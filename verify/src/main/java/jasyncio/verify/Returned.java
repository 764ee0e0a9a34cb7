package jasyncio.verify;

import org.jspecify.annotations.Nullable;

/** A return statement was executed: the body that contains it returns the value. */
record Returned(@Nullable Object value) {}
