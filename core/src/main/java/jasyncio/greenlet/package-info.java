/**
 * Greenlets: bodies that hand control to each other by name, with a value or an exception.
 *
 * <p>A tour in reading order:
 *
 * <ol>
 *   <li>{@link jasyncio.greenlet.Greenlet}: {@code Greenlet.of(() -> …)} creates one, {@code switchTo} starts it or goes on with it,
 *       {@code throwIn} does so with an exception. When its body ends, its parent goes on.
 *   <li>{@link jasyncio.greenlet.GreenletExit}, {@link jasyncio.greenlet.GreenletException}: the signal that ends a greenlet, and a switch
 *       that cannot be made.
 *   <li>{@link jasyncio.greenlet.Tracer}: sees every switch of a thread.
 *   <li>{@code Switchboard}: who is current on a thread, and how a switch between two greenlets costs one continuation switch.
 * </ol>
 *
 * <p>They need no loop. In a task they may await, and the task waits with all of them. They run on {@code jasyncio.coroutine}'s one-shot
 * continuation, in a scope of their own: one may switch in the middle of a generator's body.
 *
 * <p>What may not live here: anything that decides who runs next.
 *
 * <p>Memory effects: none. All greenlets of a thread run on that thread, one after another; without the JVM flags they are threads that
 * pass a baton, which orders what they do.
 */
@NullMarked
package jasyncio.greenlet;

import org.jspecify.annotations.NullMarked;
