import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.time.Duration.*;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.MySQLConnection;
import io.vertx.sqlclient.*;
import io.vertx.sqlclient.Transaction;
import jasyncio.*;
import jasyncio.Future;
import jasyncio.servers.MariaDbServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A bank on MariaDB, in three ways that are the same to the rest of the program.
 *
 * <pre>
 * ./jasyncio run examples/MariaDb.java                   JDBC straight in the tasks, on a server of its own
 * ./jasyncio run examples/MariaDb.java --way vertx       the asynchronous client of Vert.x, awaited
 * ./jasyncio run examples/MariaDb.java --way executor    JDBC on a pool of threads
 * ./jasyncio run examples/MariaDb.java --url 'jdbc:mariadb://localhost/test?user=me&amp;password=secret'
 * </pre>
 *
 * <p>It moves money with fifty tasks at a time, cancels a query that runs, asks for more connections than there are, and kills the server under its feet. What to take
 * from it: {@link #killable}, which ends a cancelled query on the server too, {@link OnLoan} and {@link JdbcTransaction} for JDBC, and {@link VertxTransaction}.
 *
 * <p>With a {@code --url} it uses, and drops, a table called {@code jasyncio_accounts}, and leaves the server running.
 */
@Command(name = "MariaDb", mixinStandardHelpOptions = true, version = "an example of jasyncio")
public final class MariaDb implements Callable<Integer> {
    private static final int ACCOUNTS = 100;
    private static final int BALANCE = 1_000;
    private static final int TASKS = 50;
    private static final int CONNECTIONS = 10;
    private static final Duration PATIENCE = ofSeconds(4);

    enum Way {
        jdbc,
        vertx,
        executor
    }

    @Option(names = "--way", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Way way = Way.jdbc;

    @Option(names = "--url", description = "A JDBC address; without it the program starts a server.")
    private @Nullable String url;

    @Option(names = "--transfers", description = "How many each task makes (default: ${DEFAULT-VALUE}).")
    private int transfers = 40;

    public static void main(String... args) {
        int code = new CommandLine(new MariaDb()).execute(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    @Override
    public Integer call() throws Exception {
        if (url != null) {
            String given = url;
            run(() -> use(given, null));
        } else {
            try (var server = MariaDbServer.open()) {
                run(() -> use(server.url(), server));
            }
        }
        return 0;
    }

    private void use(String url, @Nullable MariaDbServer server) throws Exception {
        try (Bank bank = way == Way.vertx ? new VertxBank(url) : new JdbcBank(url, way == Way.executor)) {
            bank.open();
            moveMoney(bank);
            cancel(bank);
            exhaust(bank);
            if (server != null) {
                restart(bank, server);
            }
            bank.drop();
        }
    }

    // ---- the program, which is the same in all ways

    private void moveMoney(Bank bank) throws SQLException {
        taskGroup(group -> {
            for (int i = 0; i < TASKS; i++) {
                var random = new Random(i);
                group.createTask(() -> {
                    for (int n = 0; n < transfers; n++) {
                        transferAtRandom(bank, random);
                    }
                });
            }
        });
        println("%d transfers by %d tasks, total %d".formatted(TASKS * transfers, TASKS, bank.total()));
    }

    /** From the lower number to the higher or back: two tasks that lock two accounts in a different order would deadlock. */
    private static void transferAtRandom(Bank bank, Random random) throws SQLException {
        int from = random.nextInt(ACCOUNTS - 1);
        int to = random.nextInt(from + 1, ACCOUNTS);
        bank.transfer(from, to, random.nextInt(-10, 11));
    }

    private static void cancel(Bank bank) throws SQLException, InterruptedException {
        var slow = createTask("slow", () -> bank.sleep(60));
        while (bank.sleeping() == 0) {
            sleep(ofMillis(10));
        }
        slow.cancel();
        Asyncio.wait(List.of(slow));
        println("a query of 60 s: cancelled %s, left on the server %d".formatted(slow.cancelled(), bank.sleeping()));

        try {
            timeout(ofMillis(300), () -> bank.sleep(60));
        } catch (TimeoutException e) {
            println("another: timed out, left on the server %d".formatted(bank.sleeping()));
        }
        println("total " + bank.total());
    }

    /** One more than there are connections: it gets an error after a while, and the next one a connection. */
    private static void exhaust(Bank bank) throws SQLException {
        var holders = new ArrayList<Task<?>>();
        for (int i = 0; i < CONNECTIONS; i++) {
            holders.add(createTask(() -> bank.sleep(60)));
        }
        sleep(ofMillis(500));
        println("no connection left: " + failure(bank));
        holders.forEach(Task::cancel);
        Asyncio.wait(holders);
        println("given back: total " + bank.total());
    }

    private static void restart(Bank bank, MariaDbServer server) throws Exception {
        var slow = createTask(() -> bank.sleep(60));
        while (bank.sleeping() == 0) {
            sleep(ofMillis(10));
        }
        toThread(server::kill);
        Asyncio.wait(List.of(slow));
        println("server killed, the query: " + (slow.exception() instanceof SQLException ? "SQLException" : slow));
        println("and the next: " + failure(bank));
        var back = createTask(() -> retrying(() -> bank.transfer(1, 2, 3)));
        toThread(server::start);
        await(back);
        println("server back: total " + bank.total());
    }

    private static String failure(Bank bank) {
        long begin = System.nanoTime();
        try {
            bank.transfer(1, 2, 3);
            return "none";
        } catch (SQLException e) {
            boolean late = System.nanoTime() - begin > PATIENCE.plus(PATIENCE).toNanos();
            return "SQLException" + (late ? ", late" : "");
        }
    }

    /** Tries until it works. What is tried again must bear being done twice: the answer to a commit may have been lost. */
    static void retrying(Action<SQLException> action) throws InterruptedException {
        for (Duration pause = ofMillis(50); ; pause = pause.multipliedBy(2)) {
            try {
                action.run();
                return;
            } catch (SQLException e) {
                sleep(pause);
            }
        }
    }

    /** What all three ways can do. Each method suspends until it is done. */
    sealed interface Bank extends AutoCloseable permits JdbcBank, VertxBank {
        void execute(String sql) throws SQLException;

        void transfer(int from, int to, int amount) throws SQLException;

        long number(String sql) throws SQLException;

        @Override
        void close();

        default void open() throws SQLException {
            drop();
            execute("CREATE TABLE jasyncio_accounts (id INT PRIMARY KEY, balance INT NOT NULL) ENGINE=InnoDB");
            execute("INSERT INTO jasyncio_accounts SELECT seq, %d FROM seq_0_to_%d".formatted(BALANCE, ACCOUNTS - 1));
        }

        default void drop() throws SQLException {
            execute("DROP TABLE IF EXISTS jasyncio_accounts");
        }

        default long total() throws SQLException {
            return number("SELECT SUM(balance) FROM jasyncio_accounts");
        }

        /** A query that takes that many seconds. */
        default void sleep(int seconds) throws SQLException {
            number("SELECT SLEEP(%d) /* jasyncio */".formatted(seconds));
        }

        /** How many such queries the server has in its list of processes. */
        default long sleeping() throws SQLException {
            return number(
                    "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP(%jasyncio%'");
        }
    }

    /**
     * Awaits a query in such a way that a cancellation, and so a timeout, ends it on the server. By itself the interrupt of a cancellation breaks the
     * connection of a blocking client, and an asynchronous client is told nothing: the server works on.
     *
     * @param kill has the server end the query if it runs; called until it has ended, as one that came between two statements does nothing
     */
    static <T extends @Nullable Object> T killable(Future<T> query, Action<?> kill) throws SQLException {
        try {
            Asyncio.wait(List.of(query)); // a cancellation ends the waiting, not the query
        } catch (CancelledError cancelled) {
            while (!query.done()) {
                try {
                    kill.run();
                } catch (Exception e) {
                    break; // the server is gone, and the query's connection breaks too
                }
                Asyncio.wait(List.of(query), ofMillis(50));
            }
            query.addDoneCallback(done -> done.outcome()); // seen: nobody else will look
            throw cancelled;
        }
        return await(query, SQLException.class);
    }

    // ---- JDBC, in tasks or in threads

    /** Work with a connection of JDBC. */
    interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    /** A connection that is out of the pool, and can be told to stop what it does. */
    static final class OnLoan {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable Connection connection;

        <T extends @Nullable Object> T work(HikariDataSource pool, Work<T> work) throws SQLException {
            try (var taken = pool.getConnection()) {
                set(taken);
                try {
                    return work.on(taken);
                } finally {
                    set(null);
                }
            }
        }

        private void set(@Nullable Connection connection) {
            lock.lock();
            try {
                this.connection = connection;
            } finally {
                lock.unlock();
            }
        }

        /** Kills what it does, if it is still out: under the lock it cannot be given to somebody else meanwhile. */
        boolean kill(String url) throws SQLException {
            lock.lock();
            try {
                if (connection == null) {
                    return false;
                }
                long id = connection.unwrap(org.mariadb.jdbc.Connection.class).getThreadId();
                var limits = new Properties();
                limits.put("connectTimeout", Long.toString(PATIENCE.toMillis()));
                limits.put("socketTimeout", Long.toString(PATIENCE.toMillis()));
                try (var second = DriverManager.getConnection(url, limits);
                        var statement = second.createStatement()) {
                    statement.execute("KILL QUERY " + id);
                    return true;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** A transaction in a block: {@code close()} rolls back what has not been committed. */
    record JdbcTransaction(Connection connection) implements AutoCloseable {
        JdbcTransaction {
            Objects.requireNonNull(connection);
        }

        static JdbcTransaction begin(Connection connection) throws SQLException {
            connection.setAutoCommit(false);
            return new JdbcTransaction(connection);
        }

        void commit() throws SQLException {
            connection.commit();
        }

        @Override
        public void close() throws SQLException {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    static final class JdbcBank implements Bank {
        private final String url;
        private final HikariDataSource pool;
        private final @Nullable ExecutorService threads;

        JdbcBank(String url, boolean inThreads) {
            this.url = url;
            this.threads = inThreads ? Executors.newFixedThreadPool(TASKS) : null;
            var config = new HikariConfig();
            config.setJdbcUrl(url);
            config.setMaximumPoolSize(CONNECTIONS);
            config.setConnectionTimeout(PATIENCE.toMillis());
            this.pool = new HikariDataSource(config);
        }

        /** Runs blocking code beside the caller, in a task or in a thread, and ends its query if the caller is cancelled. */
        private <T extends @Nullable Object> T with(Work<T> work) throws SQLException {
            var loan = new OnLoan();
            Callable<T> body = () -> loan.work(pool, work);
            Future<T> query = threads == null ? createTask("query", body) : runInExecutor(threads, body);
            return killable(query, () -> {
                boolean out = threads == null ? loan.kill(url) : await(runInExecutor(threads, () -> loan.kill(url)));
                if (!out) {
                    query.cancel(); // it waits for a connection
                }
            });
        }

        @Override
        public void execute(String sql) throws SQLException {
            with(connection -> {
                try (var statement = connection.createStatement()) {
                    return statement.execute(sql);
                }
            });
        }

        @Override
        public long number(String sql) throws SQLException {
            return with(connection -> {
                try (var statement = connection.createStatement();
                        var rows = statement.executeQuery(sql)) {
                    rows.next();
                    return rows.getLong(1);
                }
            });
        }

        @Override
        public void transfer(int from, int to, int amount) throws SQLException {
            with(connection -> {
                try (var transaction = JdbcTransaction.begin(connection)) {
                    add(connection, from, -amount);
                    add(connection, to, amount);
                    transaction.commit();
                    return true;
                }
            });
        }

        private static void add(Connection connection, int account, int amount) throws SQLException {
            try (var update =
                    connection.prepareStatement("UPDATE jasyncio_accounts SET balance = balance + ? WHERE id = ?")) {
                update.setInt(1, amount);
                update.setInt(2, account);
                update.executeUpdate();
            }
        }

        @Override
        public void close() {
            pool.close();
            if (threads != null) {
                threads.shutdownNow();
            }
        }
    }

    // ---- the asynchronous client

    /** A connection of Vert.x in a transaction: committed when the body ends, rolled back when it throws. */
    static final class VertxTransaction implements AsyncContextManager<SqlConnection> {
        private final VertxBank bank;
        private @Nullable SqlConnection connection;
        private @Nullable Transaction transaction;

        VertxTransaction(VertxBank bank) {
            this.bank = bank;
        }

        @Override
        public SqlConnection enter() throws SQLException {
            var connected = bank.connect();
            connection = connected;
            transaction = bank.result(connected.begin());
            return connected;
        }

        @Override
        public boolean exit(@Nullable Throwable thrown) throws SQLException {
            var transaction = Objects.requireNonNull(this.transaction);
            try {
                bank.result(thrown == null ? transaction.commit() : transaction.rollback());
            } finally {
                Objects.requireNonNull(connection).close();
            }
            return false;
        }
    }

    static final class VertxBank implements Bank {
        private final Vertx vertx = Vertx.vertx();
        private final MySQLConnectOptions options;
        private final Pool pool;

        VertxBank(String url) {
            var database = JdbcUrl.parse(url);
            options = new MySQLConnectOptions()
                    .setHost(database.host())
                    .setPort(database.port())
                    .setDatabase(database.database())
                    .setUser(database.user())
                    .setPassword(database.password())
                    .setCachePreparedStatements(true);
            var limits = new PoolOptions()
                    .setMaxSize(CONNECTIONS)
                    .setConnectionTimeout((int) PATIENCE.toSeconds())
                    .setConnectionTimeoutUnit(TimeUnit.SECONDS);
            pool = MySQLBuilder.pool()
                    .with(limits)
                    .connectingTo(options)
                    .using(vertx)
                    .build();
        }

        /** Awaits a future of Vert.x. What its client throws is unchecked; here it becomes what JDBC throws. */
        <T extends @Nullable Object> T result(io.vertx.core.Future<T> future) throws SQLException {
            try {
                return await(future.toCompletionStage());
            } catch (Exception e) {
                throw new SQLException(e.getMessage(), e);
            }
        }

        SqlConnection connect() throws SQLException {
            var connecting = pool.getConnection();
            try {
                return result(connecting);
            } catch (CancelledError e) {
                connecting.onSuccess(SqlConnection::close); // one that comes too late would be lost to the pool
                throw e;
            }
        }

        @Override
        public void execute(String sql) throws SQLException {
            result(pool.query(sql).execute());
        }

        @Override
        public long number(String sql) throws SQLException {
            var connection = connect();
            try {
                long id =
                        first(result(connection.query("SELECT CONNECTION_ID()").execute()));
                var query = createTask(() -> first(result(connection.query(sql).execute())));
                return killable(query, () -> kill(id));
            } finally {
                connection.close();
            }
        }

        /** On a connection beside the pool, which may have none left. */
        private void kill(long id) throws SQLException {
            var second = result(MySQLConnection.connect(vertx, options));
            try {
                result(second.query("KILL QUERY " + id).execute());
            } finally {
                second.close();
            }
        }

        private static long first(RowSet<Row> rows) {
            return rows.iterator().next().getLong(0);
        }

        @Override
        public void transfer(int from, int to, int amount) throws SQLException {
            Asyncio.<SqlConnection, SQLException>with(new VertxTransaction(this), connection -> {
                add(connection, from, -amount);
                add(connection, to, amount);
            });
        }

        private void add(SqlConnection connection, int account, int amount) throws SQLException {
            result(connection
                    .preparedQuery("UPDATE jasyncio_accounts SET balance = balance + ? WHERE id = ?")
                    .execute(Tuple.of(amount, account)));
        }

        @Override
        public void close() {
            try {
                result(pool.close());
                result(vertx.close());
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
