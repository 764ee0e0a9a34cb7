/**
 * CPython as the judge: every case here does what the case of the same name in {@code src/test/python/cases} does, and
 * its log must equal the one recorded from CPython in {@code src/test/resources/traces}, line by line.
 *
 * <p>{@link jasyncio.traces.TraceTest} finds and runs the cases, {@link jasyncio.traces.Trace} is what they log with,
 * {@link jasyncio.testing.VirtualTime} is the loop's clock and poller. Of the case classes, {@code Loops} and
 * {@code Runners} drive their loops themselves, and those of generators need none; a case of any other class is the body of the task
 * "main".
 */
@NullMarked
package jasyncio.traces;

import org.jspecify.annotations.NullMarked;
