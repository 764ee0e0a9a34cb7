import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import jasyncio.*;
import jasyncio.servers.MariaDbServer;
import java.sql.*;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Runs a query so that a cancellation ends it on the server. */
int killable(String url, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url)) {
        long id = connection.unwrap(org.mariadb.jdbc.Connection.class).getThreadId();
        var query = createTask(() -> number(connection, sql)); // a task of its own, that the cancellation does not reach
        try {
            Asyncio.wait(List.of(query));
        } catch (CancelledError cancelled) {
            try (var second = DriverManager.getConnection(url);
                    var statement = second.createStatement()) {
                while (!query.done()) { // a kill between two statements does nothing
                    statement.execute("KILL QUERY " + id);
                    Asyncio.wait(List.of(query), ofMillis(50));
                }
            }
            println("the query ended with " + query.exception().getMessage().replaceFirst("\\(conn=\\d+\\) ", ""));
            throw cancelled;
        }
        return await(query, SQLException.class);
    }
}

int number(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
            var rows = statement.executeQuery(sql)) {
        rows.next();
        return rows.getInt(1);
    }
}

void main() throws Exception {
    try (var server = MariaDbServer.open()) {
        run(() -> {
            println(killable(server.url(), "SELECT 42"));
            try {
                timeout(ofMillis(500), () -> killable(server.url(), "SELECT SLEEP(60)"));
            } catch (TimeoutException e) {
                println("too late");
            }
            println("left: " + killable(server.url(),
                    "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP%'"));
        });
    }
}
