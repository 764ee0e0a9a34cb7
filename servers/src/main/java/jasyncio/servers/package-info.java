/**
 * Real database servers, started from programs that lie in jars, for the examples, their tests and the benchmarks.
 *
 * <p>{@link jasyncio.servers.MariaDbServer}, {@link jasyncio.servers.PostgresServer} and {@link jasyncio.servers.RedisServer} are started and closed alike.
 * Each listens on loopback only, on a port that was free, keeps its data in a directory for temporary files, and is gone with its data when it is closed or when this JVM ends,
 * however it ends. The methods block the calling thread: call them outside of the loop, or in {@code toThread}.
 *
 * <p>The programs are unpacked once for each user, below the directory for temporary files, and stay there. They are for Linux on x86-64.
 */
@NullMarked
package jasyncio.servers;

import org.jspecify.annotations.NullMarked;
