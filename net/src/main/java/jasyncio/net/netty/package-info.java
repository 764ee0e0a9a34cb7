/**
 * Netty, behind the few things that {@code jasyncio.net} needs of it. The only package that knows it.
 *
 * <ol>
 *   <li>{@link jasyncio.net.netty.NettyEngine}: the I/O handlers there are, and whether they work on this machine.
 *   <li>{@link jasyncio.net.netty.NettyPoller}: where a loop waits; steps {@code SteppedEventLoop}, a Netty event loop without a thread.
 *   <li>{@link jasyncio.net.netty.Wire}: one connected channel; {@link jasyncio.net.netty.WireEvents} is who hears of it.
 *   <li>{@link jasyncio.net.netty.Listener}: one listening channel; {@link jasyncio.net.netty.Recipient} is where its connections go.
 *   <li>{@link jasyncio.net.netty.DatagramWire}: one socket for datagrams; {@link jasyncio.net.netty.DatagramEvents} is who hears of it.
 *   <li>{@link jasyncio.net.netty.Bytes}: a received or sent piece of data, in Netty's buffers; {@link jasyncio.net.netty.FilePart} is one
 *       that stays in its file.
 *   <li>{@link jasyncio.net.netty.NativeSslContext}: TLS by BoringSSL, in the JDK's terms; {@link jasyncio.net.netty.NativeEngine} is one
 *       connection's.
 * </ol>
 *
 * <p>Two places call in here. Tasks and callbacks of the loop leave commands (write, close, connect), and never touch a channel: for
 * Netty they are on another thread. The poller carries the commands out on the bare loop thread at the beginning of its poll, which is the
 * end of the iteration that they were left in, and then lets Netty wait. What Netty has to tell comes from inside the poll, on the bare
 * loop thread, where no user code runs.
 */
@NullMarked
package jasyncio.net.netty;

import org.jspecify.annotations.NullMarked;
