/**
 * The programs of the benchmarks of servers, each a process of its own: servers that send back what they receive, plain or encrypted, or answer one line and close; and the clients that measure them.
 *
 * <p>{@link jasyncio.bench.echo.JasyncioEcho} and {@link jasyncio.bench.echo.NettyEcho} are the servers in Java; those in other languages are resources of this package. A server
 * prints {@code port N} when it listens and runs until it is killed; those in Java say how much memory they use when they are asked ({@link jasyncio.bench.echo.MemoryUse}). All set
 * TCP_NODELAY. The clients, {@link jasyncio.bench.echo.EchoLoad}, {@link jasyncio.bench.echo.TlsEchoLoad}, {@link jasyncio.bench.echo.ConnectLoad} and {@link
 * jasyncio.bench.echo.IdleClients}, are the same for all of them.
 */
@NullMarked
package jasyncio.bench.echo;

import org.jspecify.annotations.NullMarked;
