/**
 * Python's asyncio for Java: ten thousand things at once, in plain sequential code, on one thread whose order one can reason about.
 *
 * <p>A tour in reading order:
 *
 * <ol>
 *   <li>{@link jasyncio.Asyncio}: what programs call. {@code run}, {@code createTask}, {@code await}, {@code gather}, {@code timeout}.
 *   <li>{@link jasyncio.Awaitable}, {@link jasyncio.Coroutine}, {@link jasyncio.Future}, {@link jasyncio.Task}: what is awaited.
 *   <li>{@link jasyncio.TaskGroup}, {@link jasyncio.Timeout}, {@link jasyncio.ExitStack}: scopes, as objects.
 *   <li>{@link jasyncio.EventLoop}, {@link jasyncio.Runner}: the loop, for those who run several things on one.
 *   <li>{@link jasyncio.ContextVar}: values that belong to a task.
 *   <li>{@link jasyncio.LowLevel}, {@link jasyncio.Segment}: for authors of primitives.
 * </ol>
 *
 * <p>The rest is package-private. {@code Kernel} is the machine: ready queue, timers, steps. {@code Await} is the one place where tasks
 * wait. The way of a wakeup is Future, ready queue, Task, in that order: {@code Future.succeed} puts the awaiting task into
 * {@code ReadyQueue}, and {@code Kernel} steps it in the next iteration.
 *
 * <p>What may not live here: sockets, primitives such as locks and queues (they are built on the public API and {@code LowLevel}), and
 * anything of the JDK's internals (that is {@code jasyncio.coroutine}'s).
 *
 * <p>Memory effects: everything a task or callback does happens before whatever the same loop runs next. What a thread does before
 * {@code callSoonThreadsafe} happens before the callback.
 */
@NullMarked
package jasyncio;

import org.jspecify.annotations.NullMarked;
