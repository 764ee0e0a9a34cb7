package jasyncio.net.netty;

/** Where the memory of received data goes back to. For tasks and callbacks of its loop. */
@FunctionalInterface
public interface Memory {
    /** Gives a piece of data back. */
    void release(Bytes data);
}
