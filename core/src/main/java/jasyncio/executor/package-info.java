/**
 * Between the loop and the rest of the JVM.
 *
 * <p>{@link jasyncio.executor.Publishers}: reactive streams to iterate in a task, and asynchronous iterables to subscribe to, with
 * back-pressure both ways.
 *
 * <p>What may not live here: anything that only a loop's own tasks touch. Everything is built on the public API.
 */
@NullMarked
package jasyncio.executor;

import org.jspecify.annotations.NullMarked;
