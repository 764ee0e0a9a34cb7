import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jasyncio.queue.Queue;
import jasyncio.servers.PostgresServer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL in tasks: JDBC, the asynchronous client of Vert.x, and its notifications as something to iterate over.
 *
 * <pre>
 * ./jasyncio run examples/Postgres.java
 * ./jasyncio run examples/Postgres.java 'jdbc:postgresql://localhost/test?user=me&amp;password=secret'
 * </pre>
 *
 * <p>It uses, and drops, a table called {@code jasyncio_words}.
 */
public final class Postgres {
    private Postgres() {}

    public static void main(String... args) throws Exception {
        if (args.length > 0) {
            run(() -> use(args[0]));
            return;
        }
        try (var server = PostgresServer.open()) {
            run(() -> use(server.url()));
        }
    }

    private static void use(String url) throws Exception {
        blocking(url);
        var database = JdbcUrl.parse(url);
        var options = new PgConnectOptions()
                .setHost(database.host())
                .setPort(database.port())
                .setDatabase(database.database())
                .setUser(database.user())
                .setPassword(database.password());
        awaiting(options);
        listening(options);
    }

    /** A blocking client: each call parks its task, and so the server has two queries at the same time. */
    private static void blocking(String url) throws Exception {
        var spans = await(gather(() -> span(url), () -> span(url)));
        boolean together = spans.get(0).begin < spans.get(1).end && spans.get(1).begin < spans.get(0).end;
        println("JDBC: two queries, at the same time: " + together);
    }

    private record Span(long begin, long end) {}

    /** When a query of half a second began and ended, by the server's clock. */
    private static Span span(String url) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT statement_timestamp(), pg_sleep(0.5), clock_timestamp()")) {
            rows.next();
            return new Span(rows.getTimestamp(1).getTime(), rows.getTimestamp(3).getTime());
        }
    }

    /** An asynchronous client: its futures are awaited. */
    private static void awaiting(PgConnectOptions options) {
        var pool = PgBuilder.pool(
                builder -> builder.with(new PoolOptions().setMaxSize(4)).connectingTo(options));
        try {
            result(pool.query("CREATE TABLE IF NOT EXISTS jasyncio_words (word TEXT)")
                    .execute());
            var words = new ArrayList<Tuple>();
            for (String word : "to be or not to be".split(" ")) {
                words.add(Tuple.of(word));
            }
            result(pool.preparedQuery("INSERT INTO jasyncio_words VALUES ($1)").executeBatch(words));
            RowSet<Row> rows =
                    result(pool.query("SELECT word, COUNT(*) FROM jasyncio_words GROUP BY word ORDER BY word")
                            .execute());
            rows.forEach(row -> println("Vert.x: %s %d".formatted(row.getString(0), row.getLong(1))));
            result(pool.query("DROP TABLE jasyncio_words").execute());
        } finally {
            result(pool.close());
        }
    }

    /** Callbacks become an iteration by way of a queue; they come on a thread of Vert.x, and a queue is for the loop's. */
    private static void listening(PgConnectOptions options) {
        var vertx = io.vertx.core.Vertx.vertx();
        var loop = runningLoop();
        var news = new Queue<String>();
        var connection = result(PgConnection.connect(vertx, options));
        try {
            connection.notificationHandler(
                    notification -> loop.callSoonThreadsafe(() -> news.putNowait(notification.getPayload())));
            result(connection.query("LISTEN news").execute());
            var speaker = createTask(() -> {
                for (int i = 1; i <= 3; i++) {
                    sleep(ofMillis(10));
                    result(connection
                            .query("NOTIFY news, 'number %d'".formatted(i))
                            .execute());
                }
            });
            int heard = 0;
            for (String payload : news) {
                println("heard: " + payload);
                if (++heard == 3) {
                    break;
                }
            }
            await(speaker);
        } finally {
            result(connection.close());
            result(vertx.close());
        }
    }

    private static <T extends @Nullable Object> T result(io.vertx.core.Future<T> future) {
        return await(future.toCompletionStage());
    }
}
