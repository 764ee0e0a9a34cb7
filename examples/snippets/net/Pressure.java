import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.net.*;

void main() throws IOException {
    run(() -> {
        var pair = MemoryStreams.pair(); // 64 KiB on the way, 128 KiB in the reader
        var writer = pair.first().writer();
        byte[] kilobyte = new byte[1024];

        int written = 0;
        try {
            while (written < 10_000) { // ten megabytes, to somebody who does not read
                writer.write(kilobyte);
                written++;
                timeout(ofMillis(200), () -> writer.drain());
            }
        } catch (TimeoutException e) {
            println("drain waits: " + writer.writeBufferSize() / 1024 + " KiB are unsent");
        }
        println("less than 300 KiB were written: " + (written < 300));

        createTask(() -> pair.second().reader().readAll()); // somebody reads
        writer.drain();
        println("drain is over: at most " + writer.lowWaterMark() / 1024 + " KiB are unsent: "
                + (writer.writeBufferSize() <= writer.lowWaterMark()));
        pair.first().close();
    });
}
