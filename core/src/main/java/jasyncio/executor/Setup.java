package jasyncio.executor;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a child is to know before its first job.
 *
 * @param filter the pattern of the filter for what it reads from then on, or null
 * @param initializer what it is to run first, serialized by itself so that the filter applies to it, or null
 */
@SuppressWarnings("ArrayRecordComponent") // it is never compared
record Setup(@Nullable String filter, byte @Nullable [] initializer) implements Serializable {}
