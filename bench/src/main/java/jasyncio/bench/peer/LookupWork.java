package jasyncio.bench.peer;

import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.taskGroup;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The work {@code jdbc}: lookups by primary key with JDBC on {@value #AT_ONCE} connections, each used by one task, or by one platform thread. One operation is one lookup.
 *
 * <p>With the property {@value #WORKERS} set to {@code threads} it is threads, else tasks of jasyncio. The code of a worker is the same.
 */
public final class LookupWork {

    /** The property with the address of the database. */
    public static final String URL = "jasyncio.bench.database";

    /** The property that says who works. */
    public static final String WORKERS = "jasyncio.bench.workers";

    /** The table has the numbers below this one. */
    public static final int ROWS = 10_000;

    private static final int AT_ONCE = 50;
    private static final int STEP = 7_919; // prime, so that all rows have their turn

    private LookupWork() {}

    public static void main(String... arguments) throws Exception {
        Meter meter = new Meter(Plan.parse(arguments));
        List<Connection> connections = connect();
        if (System.getProperty(WORKERS, "tasks").equals("threads")) {
            inThreads(meter, connections);
        } else {
            run(() -> inTasks(meter, connections));
        }
        for (Connection connection : connections) {
            connection.close();
        }
        System.out.println(meter.sample().toJson());
    }

    private static List<Connection> connect() throws SQLException {
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            connections.add(DriverManager.getConnection(System.getProperty(URL)));
        }
        return connections;
    }

    private static void inTasks(Meter meter, List<Connection> connections) {
        while (meter.more()) {
            int each = meter.batch() / AT_ONCE;
            taskGroup(group -> connections.forEach(connection -> group.createTask(() -> lookUp(connection, each))));
        }
    }

    private static void inThreads(Meter meter, List<Connection> connections)
            throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            while (meter.more()) {
                int each = meter.batch() / AT_ONCE;
                List<Callable<Void>> jobs = new ArrayList<>();
                for (Connection connection : connections) {
                    jobs.add(() -> {
                        lookUp(connection, each);
                        return null;
                    });
                }
                for (Future<Void> job : threads.invokeAll(jobs)) {
                    job.get();
                }
            }
        }
    }

    private static void lookUp(Connection connection, int times) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT square FROM numbers WHERE id = ?")) {
            int id = 0;
            for (int i = 0; i < times; i++) {
                id = (id + STEP) % ROWS;
                select.setInt(1, id);
                try (var row = select.executeQuery()) {
                    row.next();
                    Expect.equal((long) id * id, row.getInt(1));
                }
            }
        }
    }
}
