package jasyncio;

import java.util.Set;

/**
 * What {@link Asyncio#wait} returns.
 *
 * @param done those that have completed, failed or been cancelled
 * @param pending those that have not; they go on
 * @param <F> the type of the futures, so that tasks come back as tasks
 */
public record WaitResult<F extends Future<?>>(Set<F> done, Set<F> pending) {}
