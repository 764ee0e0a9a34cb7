import static jasyncio.Asyncio.*;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.sqlclient.*;
import jasyncio.*;
import jasyncio.Future;
import jasyncio.queue.Queue;
import java.io.IOException;
import java.net.URI;
import java.util.*;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a crawler has found, kept in MariaDB with the asynchronous client of Vert.x, so that a crawl that was killed goes on where it was.
 *
 * <p>An address is {@code waiting} until the result of its visit is stored; then it is never fetched again. One that had been fetched when the crawler was killed, but not stored
 * yet, is fetched once more. So a kill costs at most as many pages as are visited at a time.
 *
 * <p>One task, {@link #write}, has the only connection that writes. It stores together, in one transaction, whatever has come in while it stored the last: a disk confirms few
 * transactions in a second, but of any size.
 */
final class CrawlerStore implements AutoCloseable {
    private static final int MAX_ADDRESS = 2_048;
    private static final int MAX_NOTE = 1_000;
    private static final int PATIENCE_SECONDS = 10;

    private static final List<String> TABLES = List.of("""
            CREATE TABLE IF NOT EXISTS crawler_start (url VARCHAR(2048) CHARACTER SET ascii NOT NULL, host VARCHAR(255))
            """, """
            CREATE TABLE IF NOT EXISTS crawler_pages (
              id INT AUTO_INCREMENT PRIMARY KEY,
              url VARCHAR(2048) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE,
              status ENUM('waiting', 'page', 'broken', 'other', 'alias') NOT NULL,
              note VARCHAR(1000), links INT NOT NULL DEFAULT 0, title TEXT, text MEDIUMTEXT,
              FULLTEXT (title, text)
            ) CHARACTER SET utf8mb4
            """, """
            CREATE TABLE IF NOT EXISTS crawler_links (page INT, link INT, PRIMARY KEY (page, link))
            """, """
            CREATE TABLE IF NOT EXISTS crawler_malformed (page INT, href TEXT CHARACTER SET utf8mb4)
            """);

    private static final String NEW_LINKS = """
            INSERT IGNORE INTO crawler_pages (url, status)
            SELECT url, 'waiting' FROM JSON_TABLE(?, '$[*]' COLUMNS (url VARCHAR(2048) PATH '$')) AS found
            """;
    private static final String ALIAS = """
            INSERT INTO crawler_pages (url, status) VALUES (?, 'alias')
            ON DUPLICATE KEY UPDATE status = IF(status = 'waiting', 'alias', status)
            """;
    private static final String VISITED = """
            INSERT INTO crawler_pages (url, status, note, links, title, text) VALUES (?, ?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE status = VALUE(status), note = VALUE(note), links = VALUE(links),
              title = VALUE(title), text = VALUE(text)
            """;
    private static final String LINKS = """
            INSERT IGNORE INTO crawler_links
            SELECT page.id, link.id
            FROM JSON_TABLE(?, '$[*]' COLUMNS (url VARCHAR(2048) CHARACTER SET ascii PATH '$')) AS found
            JOIN crawler_pages AS link ON link.url = found.url JOIN crawler_pages AS page ON page.url = ?
            """;
    private static final String MALFORMED = """
            INSERT INTO crawler_malformed
            SELECT id, href FROM crawler_pages, JSON_TABLE(?, '$[*]' COLUMNS (href TEXT PATH '$')) AS found WHERE url = ?
            """;
    private static final String SEARCH = """
            SELECT url, title, MATCH (title, text) AGAINST (?) AS score FROM crawler_pages
            WHERE MATCH (title, text) AGAINST (?) ORDER BY score DESC, id LIMIT ?
            """;

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;
    private final Queue<Result> results = new Queue<>();

    CrawlerStore(String url) {
        var database = JdbcUrl.parse(url);
        var options = new MySQLConnectOptions()
                .setHost(database.host())
                .setPort(database.port())
                .setDatabase(database.database())
                .setUser(database.user())
                .setPassword(database.password())
                .setCachePreparedStatements(true);
        var limits = new PoolOptions()
                .setMaxSize(2)
                .setConnectionTimeout(PATIENCE_SECONDS)
                .setConnectionTimeoutUnit(TimeUnit.SECONDS);
        pool = MySQLBuilder.pool()
                .with(limits)
                .connectingTo(options)
                .using(vertx)
                .build();
    }

    /** What became of an address. */
    static final class Result {
        private final URI url;
        private final Future<@Nullable Void> stored = runningLoop().createFuture();
        String status = "waiting";

        @Nullable
        String note;

        @Nullable
        String host;

        @Nullable
        URI landed;

        int linkCount;
        List<URI> links = List.of();
        Collection<String> malformed = List.of();
        String title = "";
        String text = "";

        Result(URI url) {
            this.url = url;
        }
    }

    /** An address as the store knows it. */
    record Known(URI url, String status, @Nullable String note, int links) {}

    /** A broken link: what it says, and the page on which it stands. */
    record Malformed(String href, URI page) {}

    /** A page that was searched for. */
    record Hit(URI url, String title, double score) {}

    /** Where the stored crawl began, or null if nothing is stored. Makes the tables if they are missing. */
    @Nullable
    URI start() throws IOException {
        for (String table : TABLES) {
            result(pool.query(table).execute());
        }
        for (Row row : query("SELECT url FROM crawler_start")) {
            return URI.create(row.getString(0));
        }
        return null;
    }

    /** Takes a new crawl down, to begin there. */
    void begin(URI start) throws IOException {
        query("INSERT INTO crawler_pages (url, status) VALUES (?, 'waiting')", start.toString());
        query("INSERT INTO crawler_start (url) VALUES (?)", start.toString());
    }

    /** The host that the crawl stays on, once its first page is stored. */
    @Nullable
    String host() throws IOException {
        return query("SELECT host FROM crawler_start").iterator().next().getString(0);
    }

    /** All addresses, in the order in which they were found. */
    List<Known> known() throws IOException {
        var known = new ArrayList<Known>();
        for (Row row : query("SELECT url, status, note, links FROM crawler_pages ORDER BY id")) {
            known.add(new Known(URI.create(row.getString(0)), row.getString(1), row.getString(2), row.getInteger(3)));
        }
        return known;
    }

    /** The links to addresses that are broken, each with the page on which it stands. */
    Map<URI, List<URI>> pagesByLink() throws IOException {
        var pages = new HashMap<URI, List<URI>>();
        for (Row row : query("""
                SELECT link.url, page.url FROM crawler_links
                JOIN crawler_pages AS link ON link.id = link JOIN crawler_pages AS page ON page.id = page
                ORDER BY page.id
                """)) {
            pages.computeIfAbsent(URI.create(row.getString(0)), _ -> new ArrayList<>())
                    .add(URI.create(row.getString(1)));
        }
        return pages;
    }

    List<Malformed> malformed() throws IOException {
        var malformed = new ArrayList<Malformed>();
        for (Row row : query("SELECT href, url FROM crawler_malformed JOIN crawler_pages ON id = page")) {
            malformed.add(new Malformed(row.getString(0), URI.create(row.getString(1))));
        }
        return malformed;
    }

    /** The pages that answer best to these words, the best first. */
    List<Hit> search(String words, int limit) throws IOException {
        var hits = new ArrayList<Hit>();
        for (Row row : query(SEARCH, words, words, limit)) {
            hits.add(new Hit(URI.create(row.getString(0)), row.getString(1), row.getDouble(2)));
        }
        return hits;
    }

    /** Stores a result; returns when it is safe. Needs a task that runs {@link #write}. */
    void save(Result result) {
        results.putNowait(result);
        await(result.stored);
    }

    /** Stores results for ever. */
    void write() throws IOException {
        var connection = result(pool.getConnection());
        try {
            while (true) {
                var batch = new ArrayList<>(List.of(results.get()));
                for (var next = results.tryGet(); next.isPresent(); next = results.tryGet()) {
                    batch.add(next.get());
                }
                var transaction = result(connection.begin());
                for (Result result : batch) {
                    write(connection, result);
                }
                result(transaction.commit());
                batch.forEach(result -> result.stored.setResult(null));
            }
        } finally {
            connection.close(); // rolls back what was not committed
        }
    }

    private void write(SqlConnection connection, Result page) throws IOException {
        var urls = new JsonArray();
        page.links.stream()
                .map(URI::toString)
                .filter(url -> url.length() <= MAX_ADDRESS)
                .forEach(urls::add);
        if (!urls.isEmpty()) {
            execute(connection, NEW_LINKS, urls.encode());
        }
        if (page.landed != null && !page.landed.equals(page.url)) {
            execute(connection, ALIAS, page.landed.toString());
        }
        String note = page.note == null ? null : page.note.substring(0, Math.min(MAX_NOTE, page.note.length()));
        execute(connection, VISITED, page.url.toString(), page.status, note, page.linkCount, page.title, page.text);
        if (!urls.isEmpty()) {
            execute(connection, LINKS, urls.encode(), page.url.toString());
        }
        if (!page.malformed.isEmpty()) {
            execute(connection, MALFORMED, new JsonArray(List.copyOf(page.malformed)).encode(), page.url.toString());
        }
        if (page.host != null) {
            execute(connection, "UPDATE crawler_start SET host = ? WHERE host IS NULL", page.host);
        }
    }

    private static RowSet<Row> execute(SqlClient client, String sql, @Nullable Object... parameters)
            throws IOException {
        return result(client.preparedQuery(sql).execute(Tuple.from(Arrays.asList(parameters))));
    }

    private RowSet<Row> query(String sql, Object... parameters) throws IOException {
        return execute(pool, sql, parameters);
    }

    /** Awaits a future of Vert.x. */
    private static <T extends @Nullable Object> T result(io.vertx.core.Future<T> future) throws IOException {
        try {
            return await(future.toCompletionStage());
        } catch (Exception e) {
            throw new IOException("The store failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        result(pool.close());
        result(vertx.close());
    }
}
