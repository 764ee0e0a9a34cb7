import static jasyncio.Asyncio.*;
import static java.lang.IO.println;

import com.zaxxer.hikari.HikariDataSource;
import jasyncio.servers.MariaDbServer;
import java.sql.SQLException;

/** Moves an amount from one account to another, or does nothing. */
void transfer(HikariDataSource pool, int from, int to, int amount) throws SQLException {
    try (var connection = pool.getConnection()) { // waits its turn
        connection.setAutoCommit(false);
        try (var update = connection.prepareStatement("UPDATE account SET balance = balance + ? WHERE id = ?")) {
            update.setInt(1, -amount);
            update.setInt(2, from);
            update.executeUpdate(); // parks this task
            update.setInt(1, amount);
            update.setInt(2, to);
            update.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }
}

void main() throws Exception {
    try (var server = MariaDbServer.open(); // or a URL of yours
            var pool = new HikariDataSource()) {
        pool.setJdbcUrl(server.url());
        pool.setMaximumPoolSize(4);
        pool.setConnectionTimeout(5_000); // then a SQLException says that there is none left
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE account (id INT PRIMARY KEY, balance INT CHECK (balance >= 0))");
            statement.execute("INSERT INTO account VALUES (1, 100), (2, 0)");
        }
        run(() -> {
            taskGroup(group -> {
                for (int i = 0; i < 20; i++) {
                    group.createTask(() -> transfer(pool, 1, 2, 5));
                }
            });
            try {
                transfer(pool, 1, 2, 1);
            } catch (SQLException e) {
                println("refused: " + e.getSQLState());
            }
        });
        try (var connection = pool.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT id, balance FROM account ORDER BY id")) {
            while (rows.next()) {
                println(rows.getInt(1) + ": " + rows.getInt(2));
            }
        }
    }
}
