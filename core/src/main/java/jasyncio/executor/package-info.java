/**
 * Between the loop and the rest of the JVM, and other JVMs.
 *
 * <p>{@link jasyncio.executor.ProcessPoolExecutor}: jobs in child processes. {@link jasyncio.executor.BlockingPortal}: a door for threads
 * into a loop. {@link jasyncio.executor.SharedQueue}: a queue between threads and tasks. {@link jasyncio.executor.LoopExecutor}: a loop as
 * an {@code Executor}. {@link jasyncio.executor.Publishers}: reactive streams to iterate in a task, and asynchronous iterables to
 * subscribe to, with back-pressure both ways.
 *
 * <p>What may not live here: anything that only a loop's own tasks touch. Everything is built on the public API.
 */
@NullMarked
package jasyncio.executor;

import org.jspecify.annotations.NullMarked;
