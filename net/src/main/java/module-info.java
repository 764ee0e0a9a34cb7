/** Streams and servers for coroutines, on native I/O. */
module jasyncio.net {
    requires transitive jasyncio.core;
    requires static transitive org.jspecify;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.netty.transport.unix.common;
    requires static io.netty.tcnative.classes.openssl;
    requires static io.netty.transport.classes.epoll;
    requires static io.netty.transport.classes.io_uring;
    requires static io.netty.transport.classes.kqueue;

    exports jasyncio.net;
}
