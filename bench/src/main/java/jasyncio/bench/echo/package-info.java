/**
 * The programs of the echo benchmark: servers that send back what they receive, and the client that measures them, each a process of its own.
 *
 * <p>{@link jasyncio.bench.echo.JasyncioEcho} and {@link jasyncio.bench.echo.NettyEcho} are the servers in Java; those in other languages are resources of this package. A server
 * prints {@code port N} when it listens and runs until it is killed. All set TCP_NODELAY. {@link jasyncio.bench.echo.EchoLoad}, the client, is the same for all of them.
 */
@NullMarked
package jasyncio.bench.echo;

import org.jspecify.annotations.NullMarked;
