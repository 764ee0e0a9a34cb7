/**
 * Generators: bodies that hand out values one by one, and stand still in between.
 *
 * <p>A tour in reading order:
 *
 * <ol>
 *   <li>{@link jasyncio.generator.Generator}: {@code Generator.of(y -> y.yield(1))}, a plain {@code for} reads it.
 *   <li>{@link jasyncio.generator.SendGenerator}: the two-way kind, which is sent values and returns a result; the coroutine of PEP 342.
 *   <li>{@link jasyncio.generator.StopIteration}, {@link jasyncio.generator.GeneratorExit}: the two signals.
 *   <li>{@code Frame}: the machine behind both, and how a chain of delegating generators costs one switch an item.
 *   <li>{@link jasyncio.generator.AsyncGenerator}, {@link jasyncio.generator.AsyncSendGenerator}: the kind whose body awaits, and which any
 *       task of a loop may advance and close; {@code AsyncFrame} is its machine, on {@link jasyncio.Segment}.
 * </ol>
 *
 * <p>The synchronous ones need no loop; they run on {@code jasyncio.coroutine}'s one-shot continuation.
 *
 * <p>Memory effects: none. A generator belongs to one thread, an asynchronous one to one loop.
 */
@NullMarked
package jasyncio.generator;

import org.jspecify.annotations.NullMarked;
