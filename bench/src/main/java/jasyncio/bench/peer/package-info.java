/**
 * The measured programs: what runs inside a child process, one class per peer.
 *
 * <p>Each has a {@code main} that reads a {@link jasyncio.bench.peer.Plan} from its arguments, does the work that the plan names under a
 * {@link jasyncio.bench.peer.Meter}, and prints one {@link jasyncio.bench.peer.Sample} as its last line of output. The same work is written once per
 * peer, line by line alike; what one operation is stands with {@link jasyncio.bench.peer.JasyncioPeer}. Nothing here may depend on the runner in {@code jasyncio.bench}.
 */
@NullMarked
package jasyncio.bench.peer;

import org.jspecify.annotations.NullMarked;
