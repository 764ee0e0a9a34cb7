/**
 * Side-by-side benchmarks: jasyncio against its peers, in one run, on one machine.
 *
 * <p>{@link jasyncio.bench.Bench} is the entry point and {@link jasyncio.bench.Catalogue} the list of what is measured, against whom, and which bar is to be met.
 * Every measurement is a child process of its own that runs a program of {@code jasyncio.bench.peer}; {@link jasyncio.bench.Contest} interleaves the peers
 * round-robin, so that a slow minute of the machine slows all of them, and takes medians. {@link jasyncio.bench.Scoreboard} prints.
 *
 * <p>Ratios are of CPU time per operation (user and system time of the whole process in the measured section, JIT and garbage collector included): on a shared
 * machine it wanders less than wall time, and it hides no work done by other threads. Where the work is mostly waiting for given deadlines and the question
 * is how late everybody is, the ratio is of wall time; {@link jasyncio.bench.Measure} says which benchmark asks what. Wall time is printed in any case.
 */
@NullMarked
package jasyncio.bench;

import org.jspecify.annotations.NullMarked;
