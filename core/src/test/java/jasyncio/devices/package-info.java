/**
 * The devices that make a virtual thread a coroutine, each with the test that hangs, crashes or lies without it: pinned awaits, printing
 * from everywhere, the caller's monitors, stack dumps and stray wakeups, threads that libraries start, Ctrl-C, the watchdog.
 *
 * <p>What would end or stop the JVM runs in a {@link jasyncio.devices.ChildJvm}; its programs are the nested classes named {@code …Program}.
 */
@NullMarked
package jasyncio.devices;

import org.jspecify.annotations.NullMarked;
