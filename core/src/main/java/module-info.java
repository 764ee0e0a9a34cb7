/** Python's asyncio for Java: coroutines on an event loop, tasks, futures, scopes. */
module jasyncio.core {
    requires jasyncio.coroutine;
    requires static transitive org.jspecify;
    requires java.management;
    requires jdk.management;
    requires jdk.unsupported;

    exports jasyncio;
    exports jasyncio.executor;
    exports jasyncio.generator;
    exports jasyncio.greenlet;
    exports jasyncio.queue;
    exports jasyncio.spi;
    exports jasyncio.sync;
}
