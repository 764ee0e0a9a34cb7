/**
 * A coroutine is a virtual thread that a loop steps: this room knows how, and nothing else.
 *
 * <p>A tour in reading order:
 *
 * <ol>
 *   <li>{@link jasyncio.coroutine.CoroutineThread}: one coroutine. The loop calls {@code step()}, the coroutine calls {@code suspend()}.
 *   <li>{@link jasyncio.coroutine.Host}: what the loop answers: here is the body, and this blocked coroutine may go on.
 *   <li>{@link jasyncio.coroutine.Backend}: the two ways of doing it, chosen once per JVM. {@code ScheduledBackend} makes the loop the
 *       scheduler of the virtual thread (JDK internals, two JVM flags); {@code PortableBackend} passes a baton between ordinary virtual
 *       threads (public API only).
 *   <li>{@link jasyncio.coroutine.OneShotContinuation}: the JDK's raw continuation, for generators and greenlets, which need no scheduler.
 * </ol>
 *
 * <p>What may not live here: tasks, futures, timers, ready queues. Nothing here decides who runs next.
 *
 * <p>Memory effects: whatever the loop wrote before {@code step()} is seen by the coroutine after its {@code suspend()} returns, and
 * whatever the coroutine wrote before {@code suspend()} is seen by the loop after {@code step()} returns.
 */
@NullMarked
package jasyncio.coroutine;

import org.jspecify.annotations.NullMarked;
