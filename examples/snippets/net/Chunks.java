import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.nio.charset.StandardCharsets.UTF_8;

import jasyncio.net.*;

void main() throws IOException {
    run(() -> {
        var in = MemoryStreams.pair();
        var out = MemoryStreams.pair();
        in.first().writer().write("header|body");

        Chunk chunk = in.second().reader().readChunk(); // mine: to be written or closed
        println(chunk.size() + " bytes, the first is " + (char) chunk.get(0));
        try (Chunk header = chunk.split(7)) { // two now, each with an owner
            println(new String(header.toArray(), UTF_8));
        } // closed: its memory is given back
        out.first().writer().write(chunk); // the writer's

        try {
            chunk.size();
        } catch (IllegalStateException e) {
            println(e.getMessage());
        }
        println(new String(out.second().reader().readExactly(4), UTF_8));
    });
}
