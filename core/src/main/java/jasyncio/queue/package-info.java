/**
 * Queues between the tasks of one loop: {@link jasyncio.queue.Queue} first in first out, {@link jasyncio.queue.PriorityQueue} smallest
 * first, {@link jasyncio.queue.LifoQueue} last in first out.
 *
 * <p>Between threads use {@code java.util.concurrent}'s, which in a task park that task only. Everything here is built on the public API.
 */
@NullMarked
package jasyncio.queue;

import org.jspecify.annotations.NullMarked;
