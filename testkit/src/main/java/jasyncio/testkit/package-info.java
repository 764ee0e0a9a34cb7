/**
 * Tests of coroutines, without sleeping and without luck.
 *
 * <p>A tour in reading order:
 *
 * <ol>
 *   <li>{@link jasyncio.testkit.JasyncioTest}: a JUnit test whose method is the main coroutine of a loop, and which may leave nothing behind.
 *   <li>{@link jasyncio.testkit.VirtualClock}: time that jumps to the next timer when nothing is left to do.
 *   <li>{@link jasyncio.testkit.VirtualLoops}: the same for a whole program that is not to be changed.
 *   <li>{@link jasyncio.testkit.OrderLog}: asserts that things happen in the order they are numbered in.
 *   <li>{@link jasyncio.testkit.Interleavings}: runs one test under many schedules and names the one that fails; {@link
 *       jasyncio.testkit.Schedule} is one of them.
 *   <li>{@link jasyncio.testkit.FaultyLine}: streams in memory that arrive in pieces, late, or not at all, as a seed says.
 *   <li>{@link jasyncio.testkit.TaskTree}: who is there, where it stands, and what it awaits.
 * </ol>
 *
 * <p>The clock, the log, the schedule and the tree need no JUnit. What may not live here: anything that a program needs when it is not
 * under test.
 */
@NullMarked
package jasyncio.testkit;

import org.jspecify.annotations.NullMarked;
