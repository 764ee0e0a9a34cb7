package jasyncio.net;

import static jasyncio.Asyncio.allTasks;
import static jasyncio.Asyncio.taskGroup;
import static jasyncio.net.EachEngine.Engines.run;
import static jasyncio.net.Net.openConnection;
import static jasyncio.net.Net.startServer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** Connections that come and go leave nothing behind: no descriptor, no task, and no buffer ({@link LeakCheck}). */
@Timeout(600)
class ManyConnectionsTest {
    private static final int AT_ONCE = 100;

    /** A closed connection keeps its pair of ports for a minute; each address has ports of its own. */
    private static final int ADDRESSES = 16;

    @EachEngine
    void connections_manyOpenedAndClosed_leaveNothing(Engine engine) throws Exception {
        openAndClose(engine, 3_000);
    }

    @EachEngine
    @Tag("load")
    void connections_hundredThousandOpenedAndClosed_leaveNothing(Engine engine) throws Exception {
        openAndClose(engine, 100_000);
    }

    private static void openAndClose(Engine engine, int connections) throws Exception {
        long before = Descriptors.sockets();
        run(engine, () -> {
            var served = new int[1];
            try (var server = startServer("0.0.0.0", 0, o -> o.backlog(AT_ONCE), c -> {
                c.writer().write(c.reader().readLine() + "\n");
                served[0]++;
            })) {
                int port = Servers.port(server);
                int tasks = allTasks().size();
                long sockets = Descriptors.sockets();
                taskGroup(group -> {
                    for (int i = 0; i < AT_ONCE; i++) {
                        int first = i;
                        group.createTask(() -> {
                            for (int n = first; n < connections; n += AT_ONCE) {
                                converse(n, port);
                            }
                        });
                    }
                });
                Servers.end(server);
                assertEquals(connections, served[0]);
                assertEquals(tasks, allTasks().size());
                Descriptors.assertSockets(sockets - 1);
            }
        });
        Descriptors.assertSockets(before);
    }

    private static void converse(int n, int port) throws IOException {
        try (var c = openConnection("127.0.0." + (1 + n % ADDRESSES), port)) {
            c.writer().write("hello " + n + "\n");
            assertEquals("hello " + n, c.reader().readLine());
        }
    }
}
