import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.servers.MariaDbServer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a crawler keeps in a database, and what a kill costs it. */
@Timeout(300)
@Tag("once")
class CrawlerStoreTest {
    private static final int KILLS = 10;
    private static final int AT_ONCE = 8;
    private static final int PAGES = 400;

    private static MariaDbServer server;

    @TempDir
    private Path directory;

    private HostileSite site;

    @BeforeAll
    static void openServer() throws Exception {
        server = MariaDbServer.open();
    }

    @AfterAll
    static void closeServer() {
        server.close();
    }

    @BeforeEach
    void openSite() throws Exception {
        site = new HostileSite();
    }

    @AfterEach
    void closeSite() throws SQLException {
        site.close();
        try (var connection = DriverManager.getConnection(server.url());
                var statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS crawler_start, crawler_pages, crawler_links, crawler_malformed");
        }
    }

    private CrawlerProcess.Result crawl(String... arguments) throws Exception {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--store", server.url()));
        return CrawlerProcess.run(directory, all.toArray(String[]::new));
    }

    /** The statuses by path. */
    private Map<String, String> stored() throws SQLException {
        var stored = new HashMap<String, String>();
        try (var connection = DriverManager.getConnection(server.url());
                var statement = connection.createStatement();
                var tables = statement.executeQuery("SHOW TABLES LIKE 'crawler_malformed'")) {
            if (tables.next()) {
                var rows = statement.executeQuery("SELECT url, status FROM crawler_pages");
                while (rows.next()) {
                    stored.put(rows.getString(1).substring(site.url("").length()), rows.getString(2));
                }
            }
        }
        return stored;
    }

    private long links() throws SQLException {
        try (var connection = DriverManager.getConnection(server.url());
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT COUNT(*) FROM crawler_links")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void crawl_thatIsKilledTenTimes_losesNothing_andFetchesNothingStoredAgain() throws Exception {
        IntStream.range(0, PAGES)
                .forEach(i -> site.slow(
                        i == 0 ? "/" : "/" + i, 15, "/" + (2 * i + 1), "/" + (2 * i + 2), i < 2 ? "/" : "/" + i / 2));
        // links to numbers from PAGES on are broken
        var random = new Random(6);
        var hitsWhenStored = new HashMap<String, Integer>();
        int kills = 0;
        for (int run = 0; kills < KILLS && run < 5 * KILLS; run++) {
            int before = site.allHits();
            var crawler = CrawlerProcess.start(
                    directory, site.url("/"), "--store", server.url(), "--at-once", Integer.toString(AT_ONCE));
            while (site.allHits() == before && !crawler.endsWithin(5)) {
                // it starts
            }
            if (crawler.killAfter(random.nextInt(120))) {
                break;
            }
            kills++;
            stored().forEach((path, status) -> {
                if (!status.equals("waiting")) {
                    hitsWhenStored.putIfAbsent(path, site.hits(path));
                }
            });
        }
        assertEquals(KILLS, kills, "the crawl was over before");
        assertTrue(stored().containsValue("waiting"), "nothing was left to do after the last kill");

        var result = crawl(site.url("/"), "--at-once", Integer.toString(AT_ONCE));

        assertEquals(0, result.exitCode(), result.err());
        assertEquals(PAGES, result.report().get("pages").asInt());
        var stored = stored();
        assertFalse(stored.containsValue("waiting"));
        var reachable = new ArrayList<String>(List.of("/"));
        IntStream.range(1, PAGES).mapToObj(i -> "/" + i).forEach(reachable::add);
        reachable.forEach(path -> assertEquals("page", stored.get(path), path));
        hitsWhenStored.forEach(
                (path, hits) -> assertEquals(hits, site.hits(path), path + " was stored and fetched again"));
        int twice = reachable.stream().mapToInt(path -> site.hits(path) - 1).sum();
        assertTrue(twice <= KILLS * AT_ONCE, twice + " fetched again after " + KILLS + " kills");
        assertEquals(3 * PAGES, links());
    }

    @Test
    void crawl_thatIsOver_isNotFetchedAgain_andReportedAlike() throws Exception {
        site.page("/", "a.html", "gone.html", "http://[", "moved").page("/a.html", "gone.html");
        site.redirect("/moved", "/b.html").page("/b.html", "/");
        var first = crawl(site.url("/"));
        int hits = site.allHits();
        var second = crawl(site.url("/"));
        assertEquals(hits, site.allHits());
        assertEquals(0, second.exitCode(), second.err());
        assertEquals(
                first.lastLine().replaceAll(" in .*", ""), second.lastLine().replaceAll(" in .*", ""), second.out());
        assertEquals(2, second.broken("/gone.html").get("pages").size());
        assertEquals(1, second.broken("http://[").get("pages").size());
    }

    @Test
    void search_findsStoredWords_theBestFirst() throws Exception {
        site.page("/", "a.html", "b.html", "c.html");
        site.html("/a.html", "text/html", "<title>Ants</title>ants ants and more ants", StandardCharsets.UTF_8);
        site.html("/b.html", "text/html", "<title>Bees</title>one ant-like bee, ants", StandardCharsets.UTF_8);
        site.html("/c.html", "text/html", "<title>Käfer</title>Ein Käfer", StandardCharsets.UTF_8);
        crawl(site.url("/"));
        int hits = site.allHits();
        var found = crawl("--search", "ants").out().lines().toList();
        assertEquals(3, found.size(), found.toString());
        assertTrue(found.get(0).endsWith("/a.html  Ants"), found.toString());
        assertTrue(found.get(1).endsWith("/b.html  Bees"), found.toString());
        assertEquals("2 pages found", found.get(2));
        if (commandLinesTake("ä")) {
            assertEquals("1 pages found", crawl("--search", "käfer").lastLine());
        }
        assertEquals("0 pages found", crawl("--search", "wasps").lastLine());
        assertEquals(hits, site.allHits());
    }

    /** In the POSIX locale only ASCII reaches another program. */
    private static boolean commandLinesTake(String text) {
        return Charset.forName(System.getProperty("sun.jnu.encoding"))
                .newEncoder()
                .canEncode(text);
    }

    @Test
    void store_ofAnotherSite_isRefused() throws Exception {
        site.page("/").page("/x");
        crawl(site.url("/"));
        var result = crawl(site.url("/x"));
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("The store holds a crawl of " + site.url("/")), result.err());
    }

    @Test
    void store_thatCannotBeReached_endsWithOneLineAndCode2() throws Exception {
        String url;
        try (var lost = MariaDbServer.open()) {
            url = lost.url();
        }
        var result = CrawlerProcess.run(directory, site.url("/"), "--store", url);
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("The store failed: "), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
        assertEquals(0, site.allHits());
    }

    @Test
    void store_thatDiesInTheMiddle_endsTheCrawl_whichGoesOnLater() throws Exception {
        IntStream.range(0, 60).forEach(i -> site.slow(i == 0 ? "/" : "/" + i, 30, "/" + (i + 1)));
        site.page("/60");
        try (var dying = MariaDbServer.open()) {
            var crawler = CrawlerProcess.start(directory, site.url("/"), "--store", dying.url());
            site.awaitHit("/20");
            dying.kill();
            var result = crawler.await();
            assertEquals(2, result.exitCode(), result.out());
            assertTrue(result.err().contains("The store failed: "), result.err());
            dying.start();
            var later = CrawlerProcess.run(directory, site.url("/"), "--store", dying.url());
            assertEquals(0, later.exitCode(), later.err());
            assertEquals(61, later.report().get("pages").asInt());
        }
    }
}
