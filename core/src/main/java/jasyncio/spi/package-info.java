/**
 * The seams of the event loop: where its time comes from, where it waits, and who runs next.
 *
 * <p>{@link jasyncio.spi.Clock}, {@link jasyncio.spi.Poller} and {@link jasyncio.spi.Picker} are given to a loop when it is created. A test gives a clock that stands
 * still and a poller that moves it; the network gives a poller that waits for sockets; an explorer of
 * interleavings picks. All are called on the loop's own thread, where no
 * user code runs, and must take no lock that a task could hold or wait for.
 */
@NullMarked
package jasyncio.spi;

import org.jspecify.annotations.NullMarked;
