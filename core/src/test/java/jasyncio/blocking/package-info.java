/**
 * Blocking JDK calls in tasks: one row of the table in {@link jasyncio.Asyncio} after another. Each call parks its task only, and a
 * cancellation or a timeout ends it or waits for it as the table says.
 *
 * <p>What is tagged {@code blocking} here cannot work on the portable backend. It blocks for good there, so that
 * {@code PortableBlockingTest} sees the watchdog end it.
 */
@NullMarked
package jasyncio.blocking;

import org.jspecify.annotations.NullMarked;
