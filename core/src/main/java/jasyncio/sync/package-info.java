/**
 * Locks and signals between the tasks of one loop.
 *
 * <p>{@link jasyncio.sync.Lock}, {@link jasyncio.sync.Semaphore} and {@link jasyncio.sync.Condition} guard what must not interleave across
 * an await; {@link jasyncio.sync.Event} and {@link jasyncio.sync.Barrier} let tasks wait for each other. All are fair: who waits longest
 * goes first. Between threads use {@code java.util.concurrent}'s, which in a task park that task only.
 *
 * <p>A primitive may be created anywhere. It binds to the loop of the first task that has to wait for it, and refuses others from then on.
 * For a limit on the waiting wrap it: {@code timeout(ofSeconds(1), () -> lock.acquire())}.
 *
 * <p>Everything here is built on the public API: what a user could have written.
 */
@NullMarked
package jasyncio.sync;

import org.jspecify.annotations.NullMarked;
