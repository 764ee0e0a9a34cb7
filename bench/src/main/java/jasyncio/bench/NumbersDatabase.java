package jasyncio.bench;

import jasyncio.bench.peer.LookupWork;
import jasyncio.servers.MariaDbServer;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The database that peers look numbers up in: a MariaDB beside this JVM, started when the first peer needs it and gone when this JVM ends. */
final class NumbersDatabase {
    private static @Nullable MariaDbServer server;

    private NumbersDatabase() {}

    /** The server, with a table of numbers and their squares. */
    static synchronized MariaDbServer server() throws PeerMissingException {
        if (server == null) {
            try {
                server = MariaDbServer.open();
                fill(server.url());
            } catch (IOException | SQLException e) {
                throw new PeerMissingException("no MariaDB: " + e.getMessage());
            }
        }
        return server;
    }

    private static void fill(String url) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE numbers (id INT PRIMARY KEY, square INT NOT NULL) ENGINE=InnoDB");
            statement.execute(
                    "INSERT INTO numbers SELECT seq, seq * seq FROM seq_0_to_%d".formatted(LookupWork.ROWS - 1));
        }
    }
}
