/**
 * Streams and servers: {@code openConnection}, {@code startServer}, and a loop that waits for sockets.
 *
 * <p>A tour in reading order:
 *
 * <ol>
 *   <li>{@link jasyncio.net.Net}: the static entry points.
 *   <li>{@link jasyncio.net.StreamConnection}, {@link jasyncio.net.StreamReader}, {@link jasyncio.net.StreamWriter}: plain sequential reading
 *       and writing in a task.
 *   <li>{@link jasyncio.net.Chunk}: a piece of data that is passed from a reader to a writer without being copied.
 *   <li>{@link jasyncio.net.Server}: listens, and runs a task per connection.
 *   <li>{@link jasyncio.net.ServerGroup}: a loop per core, and all serve one port.
 *   <li>{@link jasyncio.net.Sock}: asyncio's {@code sock_*} family, for channels of the JDK's.
 *   <li>{@link jasyncio.net.Transport}, {@link jasyncio.net.Protocol}, {@link jasyncio.net.BufferedProtocol}: the floor below, with callbacks.
 *   <li>{@link jasyncio.net.DatagramEndpoint}, {@link jasyncio.net.Datagram}: UDP in plain sequential code; {@link jasyncio.net.DatagramTransport} and
 *       {@link jasyncio.net.DatagramProtocol} are the floor below, {@link jasyncio.net.DatagramOptions} what there is to choose.
 *   <li>{@link jasyncio.net.Subprocess}: a process with its pipes as streams.
 *   <li>{@link jasyncio.net.MemoryStreams}: two connected streams without a network, for tests; {@link jasyncio.net.Line} is what lies between.
 *   <li>{@link jasyncio.net.TlsOptions}: what there is to choose about TLS.
 *   <li>{@link jasyncio.net.Engine}: what waits for the sockets: NIO, epoll, io_uring, kqueue.
 * </ol>
 *
 * <p>Everything here belongs to a loop and is for its tasks and callbacks, unless it says that it is thread-safe.
 *
 * <p>What may not live here: anything of Netty's. That is in a package of its own, which is not exported.
 */
@NullMarked
package jasyncio.net;

import org.jspecify.annotations.NullMarked;
