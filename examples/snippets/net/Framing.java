import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.nio.charset.StandardCharsets.UTF_8;

import jasyncio.net.*;

void main() throws IOException {
    run(() -> {
        var pair = MemoryStreams.pair(o -> o.limit(20)); // two ends without a network
        var writer = pair.first().writer();
        var reader = pair.second().reader();

        writer.write("GET /\r\n5:hello,a=1;b=2&0123456789 0123456789 0123456789\nshort\nrest");
        writer.writeEof();

        println(reader.readLine()); // without its end
        int size = Integer.parseInt(new String(reader.readUntil(":".getBytes(UTF_8)), UTF_8).replace(":", ""));
        println(new String(reader.readExactly(size), UTF_8));
        reader.readExactly(1); // the comma

        byte[][] separators = {";".getBytes(UTF_8), "&".getBytes(UTF_8)};
        println(new String(reader.readUntil(separators), UTF_8)); // up to whichever comes first
        println(new String(reader.readUntil(separators), UTF_8));

        try {
            reader.readLine();
        } catch (IOException e) {
            println(e.getMessage());
        }
        println(reader.readLine()); // it goes on behind the long line

        try {
            reader.readExactly(100);
        } catch (IncompleteReadException e) {
            println(e.getMessage() + ": " + new String(e.partial(), UTF_8));
        }
        println(reader.readLine());
    });
}
