package jasyncio;

import org.jspecify.annotations.Nullable;

/**
 * What {@link Asyncio#await(Awaitable)} takes: a {@link Coroutine}, which runs when it is awaited, or a {@link Future} (and so a
 * {@link Task}), which completes by itself.
 *
 * @param <T> the type of the result
 */
public sealed interface Awaitable<T extends @Nullable Object> permits Coroutine, Future {}
