import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the crawler does with the best and the worst of sites, seen from outside: by its report and its exit code. */
@Timeout(120)
class CrawlerTest {
    @TempDir
    private Path directory;

    private HostileSite site;

    @BeforeEach
    void openSite() throws Exception {
        site = new HostileSite();
    }

    @AfterEach
    void closeSite() {
        site.close();
    }

    private CrawlerProcess.Result crawl(String... arguments) throws Exception {
        var result = CrawlerProcess.run(directory, arguments);
        assertFalse(result.err().contains("\tat "), result.err());
        return result;
    }

    @Test
    void crawl_visitsEachPageOnce_howeverItIsLinked() throws Exception {
        site.page(
                "/", "a.html", "/a.html#part", "./b/../a.html", "//127.0.0.1:%d/a.html".formatted(port()), "#top", "");
        site.page("/a.html", "/", "a.html");
        var result = crawl(site.url(""));
        assertEquals(0, result.exitCode(), result.err());
        assertEquals(2, result.report().get("pages").asInt());
        assertEquals(4, result.report().get("links").asInt());
        assertEquals(1, site.hits("/"));
        assertEquals(1, site.hits("/a.html"));
        assertTrue(
                result.lastLine().matches("crawled 2 pages, 4 links \\(0 broken\\) in \\d+\\.\\d s, 100 at a time"),
                result.out());
    }

    private int port() {
        return URI.create(site.url("/")).getPort();
    }

    @Test
    void crawl_followsLinksOfEveryForm() throws Exception {
        site.page("/", "with space.html", "%C3%A4.html", "q.html?a=1&amp;b=2", "q.html?a=2", "d/base.html", "/fr.html");
        site.page("/with space.html");
        site.page("/ä.html");
        site.page("/q.html");
        site.html("/d/base.html", "text/html", "<base href='/e/'><a href=x.html>x</a>", UTF_8);
        site.html("/e/x.html", "text/html; charset=UTF-8", "<map><area href='/area.html'></map>", UTF_8);
        site.html("/fr.html", "text/html", "<frameset><frame src=in.html></frameset>", UTF_8);
        site.page("/area.html");
        site.page("/in.html");
        var result = crawl(site.url("/"));
        assertEquals("0", result.lastLine().replaceAll(".*\\((\\d+) broken.*", "$1"), result.out());
        assertEquals(10, result.report().get("pages").asInt());
        assertEquals(1, site.hits("/q.html?a=1&b=2"));
        assertEquals(1, site.hits("/q.html?a=2"));
        assertEquals(1, site.hits("/e/x.html"));
    }

    @Test
    void crawl_ignoresWhatIsNoWebAddress_andOtherHosts() throws Exception {
        try (var other = new HostileSite()) {
            other.page("/");
            site.page("/", other.url("/"), "mailto:a@b.c", "javascript:go()", "tel:1", "data:text/html,x", "/away");
            site.redirect("/away", other.url("/"));
            var result = crawl(site.url("/"));
            assertEquals(1, result.report().get("pages").asInt());
            assertEquals(0, result.report().get("broken").size());
            assertEquals(
                    "leads to " + other.url("/"),
                    result.visit("/away").get("note").asString());
            assertEquals(0, other.allHits());
        }
    }

    @Test
    void crawl_reportsBrokenLinks_withThePagesTheyStandOn() throws Exception {
        site.page("/", "a.html", "b.html", "gone.html", "http://[");
        site.page("/a.html", "gone.html");
        site.page("/b.html", "gone.html", "http://no port:x/");
        var result = crawl(site.url("/"));
        assertEquals(0, result.exitCode());
        var gone = result.broken("/gone.html");
        assertEquals("HTTP 404", gone.get("problem").asString());
        assertEquals(3, gone.get("pages").size());
        assertEquals(
                "not a valid address", result.broken("http://[").get("problem").asString());
        assertEquals(1, result.broken("http://no port:x/").get("pages").size());
        assertTrue(result.lastLine().startsWith("crawled 3 pages, 7 links (5 broken) in "), result.out());
        assertTrue(result.out()
                .contains("broken: %s: HTTP 404\n    on %s".formatted(site.url("/gone.html"), site.url("/"))));
    }

    @Test
    void crawl_triesAgain_whenAFailureMayPass() throws Exception {
        site.page("/", "flaky.html", "busy.html", "down.html", "gone.html", "hangup.html");
        site.flaky("/flaky.html", 1, 500);
        site.flaky("/busy.html", 2, 429);
        site.flaky("/down.html", 100, 503);
        site.on("/hangup.html", _ -> {});
        var result = crawl(site.url("/"));
        assertEquals(3, result.report().get("pages").asInt());
        assertEquals("HTTP 503", result.broken("/down.html").get("problem").asString());
        assertEquals(1, result.broken("/hangup.html").get("pages").size());
        assertEquals(2, site.hits("/flaky.html"));
        assertEquals(3, site.hits("/busy.html"));
        assertEquals(3, site.hits("/down.html"));
    }

    @Test
    void crawl_waitsForSlowPages_andGivesUpOnSilentOnes() throws Exception {
        site.page("/", "slow.html", "silent.html", "stalling.html");
        site.slow("/slow.html", 500);
        site.silent("/silent.html").stalling("/stalling.html");
        var result = crawl(site.url("/"), "--timeout", "2");
        assertEquals(2, result.report().get("pages").asInt());
        assertEquals(
                "no answer within 2 s",
                result.broken("/silent.html").get("problem").asString());
        assertEquals(
                "no answer within 2 s",
                result.broken("/stalling.html").get("problem").asString());
    }

    @Test
    void crawl_followsRedirects_butNotForEver() throws Exception {
        site.page("/", "moved.html", "again.html", "circle1", "far0", "nowhere", "new.html");
        site.redirect("/moved.html", "/new.html").page("/new.html", "deep.html").page("/deep.html");
        site.redirect("/again.html", "moved.html");
        site.redirect("/circle1", "/circle2").redirect("/circle2", "circle1");
        site.redirect("/nowhere", "http://[");
        IntStream.range(0, 20).forEach(i -> site.redirect("/far" + i, "/far" + (i + 1)));
        var result = crawl(site.url("/"));
        assertEquals(3, result.report().get("pages").asInt());
        assertEquals(
                "redirects in a circle",
                result.broken("/circle1").get("problem").asString());
        assertEquals(
                "more than 10 redirects", result.broken("/far0").get("problem").asString());
        assertEquals(3, result.report().get("broken").size());
    }

    @Test
    void crawl_followsTheFirstRedirect_toAnotherHost() throws Exception {
        try (var other = new HostileSite()) {
            site.redirect("/", other.url("/"));
            other.page("/", "a.html").page("/a.html", site.url("/x.html"));
            var result = crawl(site.url("/"));
            assertEquals(2, result.report().get("pages").asInt());
            assertEquals(0, site.hits("/x.html"));
        }
    }

    @Test
    void crawl_readsAnyCharset_andAnyHtml() throws Exception {
        site.page("/", "latin.html", "utf16.html", "odd.html", "mess.html", "empty.html");
        site.html("/latin.html", "text/html; charset=ISO-8859-1", "<a href='/l%E4'>ä</a><a href='/ö'>", ISO_8859_1);
        site.html("/utf16.html", "text/html", "<a href='/u.html'>", UTF_16);
        site.html("/odd.html", "text/html; charset=no-such", "<a href='/o.html'>", UTF_8);
        site.html("/mess.html", "text/html", "<p><a href=m.html<b>>x</i><table><a HREF = '/n.html' <div>", UTF_8);
        site.html("/empty.html", "text/html", "", UTF_8);
        site.page("/ö").page("/u.html").page("/o.html").page("/n.html");
        var result = crawl(site.url("/"));
        assertEquals(10, result.report().get("pages").asInt());
        assertEquals(1, result.broken("/l%E4").get("pages").size());
    }

    @Test
    void crawl_breaksOffHugePages_andWhatIsNoPage() throws Exception {
        var noise = new byte[300_000];
        new Random(1).nextBytes(noise);
        site.page("/", "huge.html", "announced.html", "film.mp4", "noise.html", "a.html")
                .page("/a.html");
        site.huge("/huge.html", "text/html", 200_000_000, false);
        site.huge("/announced.html", "text/html", 200_000_000, true);
        site.huge("/film.mp4", "video/mp4", 200_000_000, true);
        site.html("/noise.html", "text/html", new String(noise, ISO_8859_1), ISO_8859_1);
        var result = crawl(site.url("/"));
        assertEquals(2, result.report().get("pages").asInt());
        assertEquals(
                "larger than 10 MB", result.broken("/huge.html").get("problem").asString());
        assertEquals(
                "larger than 10 MB",
                result.broken("/announced.html").get("problem").asString());
        assertEquals(1, site.hits("/huge.html"));
        assertEquals(
                "is video/mp4, not HTML", result.visit("/film.mp4").get("note").asString());
        assertTrue(result.visit("/noise.html").get("note").asString().contains("binary"));
        assertTrue(result.out().contains("/film.mp4: is video/mp4, not HTML"));
    }

    @RepeatedTest(3)
    void crawl_countsNoFileAsBroken_howeverFastItComes() throws Exception {
        site.page("/", IntStream.range(0, 300).mapToObj(i -> i + ".gz").toArray(String[]::new));
        var file = "x".repeat(4096);
        IntStream.range(0, 300).forEach(i -> site.html("/" + i + ".gz", "application/gzip", file, ISO_8859_1));
        var result = crawl(site.url("/"));
        assertTrue(result.lastLine().startsWith("crawled 1 pages, 300 links (0 broken) in "), result.lastLine());
        assertEquals(301, site.allHits());
    }

    @Test
    @Tag("once")
    void crawl_ofManyLargePages_staysWithinTheMemory() throws Exception {
        site.page("/", IntStream.range(0, 50).mapToObj(i -> i + ".html").toArray(String[]::new));
        var text = "<p>" + "more ".repeat(1_900_000);
        IntStream.range(0, 50).forEach(i -> site.html("/" + i + ".html", "text/html", text, UTF_8));
        var result = crawl("-Xmx400m", site.url("/"), "--timeout", "60");
        assertEquals(0, result.exitCode(), result.err());
        assertEquals(51, result.report().get("pages").asInt());
    }

    @Test
    @Tag("once")
    void crawl_thatRunsOutOfMemory_endsWithTheReportSoFar() throws Exception {
        site.page("/", "a.html").page("/a.html", "mess.html");
        site.html("/mess.html", "text/html", "<p>x".repeat(2_000_000), UTF_8);
        var result = crawl("-Xmx100m", site.url("/"), "--timeout", "60");
        assertRefused(result, "The crawl broke off: out of memory; ");
        assertTrue(result.lastLine().startsWith("crawled 2 pages, "), result.out());
    }

    @Test
    void crawl_asksForAddressesAsBrowsersDo() throws Exception {
        site.page(
                "/", "dbl//slash", "/e/../e//./f", "p[1]", "/moved/query", "/moved/up", "/moved/space", "/moved/utf8");
        site.page("/dbl//slash")
                .page("/e//f")
                .page("/p[1]")
                .page("/up")
                .page("/a b")
                .page("/ä");
        site.on("/moved/query", exchange -> {
            var headers = exchange.getResponseHeaders();
            if (exchange.getRequestURI().getQuery() == null) {
                headers.set("Location", "?x=1");
            }
            exchange.sendResponseHeaders(headers.containsKey("Location") ? 302 : 200, -1);
        });
        site.redirect("/moved/up", "/../../up").redirect("/moved/space", "/a b");
        site.redirect("/moved/utf8", new String("/ä".getBytes(UTF_8), ISO_8859_1));
        var result = crawl(site.url("/"));
        assertTrue(result.lastLine().startsWith("crawled 8 pages, 7 links (0 broken) in "), result.out());
        assertEquals(1, site.hits("/moved/query?x=1"));
    }

    @Test
    void crawl_leavesAlone_whatIsOnOtherHosts_andInTemplates() throws Exception {
        site.html("/", "text/html; charset=UTF-8", """
                <a href="http://under_score.example/">x</a><a href="//bücher.example/ä">x</a><a href="/away">x</a>
                <template><a href="/template.html">x</a></template>
                """, UTF_8);
        site.redirect("/away", "http://under_score.example:8080/");
        var result = crawl(site.url("/"));
        assertTrue(result.lastLine().startsWith("crawled 1 pages, 1 links (0 broken) in "), result.out());
    }

    @Test
    void crawl_keepsToTheNumberOfPagesAtATime() throws Exception {
        site.page("/", IntStream.range(0, 50).mapToObj(i -> i + ".html").toArray(String[]::new));
        IntStream.range(0, 50).forEach(i -> site.slow("/" + i + ".html", 20));
        var result = crawl(site.url("/"), "--at-once", "7");
        assertEquals(51, result.report().get("pages").asInt());
        assertEquals(7, site.busiest());
        assertTrue(result.lastLine().endsWith(" s, 7 at a time"));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "2, 100", "3, 1", "3, 100", "10, 1", "10, 100"})
    void crawl_stopsAfterThatManyPages_whateverElseIsLinked(int pages, int atOnce) throws Exception {
        site.page(
                "/",
                Stream.concat(
                                Stream.of("gone.html", "a.pdf"),
                                IntStream.range(0, 20).mapToObj(i -> i + ".html"))
                        .toArray(String[]::new));
        site.html("/a.pdf", "application/pdf", "%PDF", UTF_8);
        IntStream.range(0, 20).forEach(i -> site.page("/" + i + ".html"));
        var result = crawl(site.url("/"), "--pages", "" + pages, "--at-once", "" + atOnce);
        assertEquals(pages, result.report().get("pages").asInt(), result.out());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void report_thatCannotBeWritten_isPrinted() throws Exception {
        site.page("/", "gone.html");
        var result = crawl(site.url("/"), "--json=/dev/full");
        assertRefused(result, "--json");
        assertTrue(result.lastLine().startsWith("crawled 1 pages, 1 links (1 broken) in "), result.out());
    }

    @Test
    void interrupt_endsWithTheReportSoFar() throws Exception {
        site.page("/", "silent.html", "a.html").page("/a.html", "gone.html").silent("/silent.html");
        var crawler = CrawlerProcess.start(directory, site.url("/"), "--timeout", "60");
        site.awaitHit("/silent.html");
        site.awaitHit("/gone.html");
        crawler.interrupt();
        var result = crawler.await();
        assertEquals(130, result.exitCode(), result.err());
        assertEquals("", result.err());
        assertTrue(result.report().get("interrupted").asBoolean());
        assertTrue(result.lastLine().startsWith("crawled 2 pages, "), result.out());
    }

    @ParameterizedTest
    @CsvSource({
        "/gone.html, HTTP 404",
        "/silent.html, no answer within 2 s",
        "/circle, redirects in a circle",
        "/huge.html, larger than 10 MB",
        "/film.mp4, 'is video/mp4, not HTML'",
    })
    void start_thatCannotBeCrawled_endsWithOneLineAndCode2(String path, String reason) throws Exception {
        site.silent("/silent.html").redirect("/circle", "/circle");
        site.huge("/huge.html", "text/html", 200_000_000, false).huge("/film.mp4", "video/mp4", 200_000_000, true);
        assertRefused(crawl(site.url(path), "--timeout", "2"), reason);
    }

    @Test
    void start_thatCannotBeReached_endsWithOneLineAndCode2() throws Exception {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertRefused(
                crawl("http://127.0.0.1:" + free), "Cannot crawl http://127.0.0.1:%d/: cannot connect".formatted(free));
        assertRefused(crawl("http://no-such-host.invalid/"), "no such host");
    }

    @ParameterizedTest
    @CsvSource({
        "not a url, Not the address of a website: 'not a url'",
        "example.com, write it as http://host/path",
        "ftp://example.com/, Not the address",
        "http://, Not the address",
        "//localhost:8801/, Not the address",
        "http://under_score.example/, Not the address",
        "http://h:99999/, Not the address",
        "--at-once=0, Bad value 0 for --at-once: it must be from 1 to 10000",
        "--at-once=many, --at-once",
        "--latency=-1, --latency",
        "--timeout=0, --timeout",
        "--pages=0, --pages",
        "--json=/no/such/directory/x.json, it must be a file in a directory that exists",
        "--json=/, it must be a file",
        "--no-such-option, --no-such-option",
    })
    void badArguments_endWithOneLineAndCode2(String argument, String reason) throws Exception {
        assertRefused(crawl(argument), reason);
    }

    private static void assertRefused(CrawlerProcess.Result result, String reason) {
        assertEquals(2, result.exitCode(), result.out());
        assertTrue(result.err().contains(reason), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
    }

    @Test
    void javadoc_isServedAndCrawled_whenThereIsNoUrl() throws Exception {
        var result = crawl("--latency", "0");
        assertEquals(0, result.exitCode(), result.err());
        assertTrue(result.report().get("pages").asInt() >= 1_000, result.lastLine());
    }

    @Test
    void compare_printsThreeTimes_thenCrawls() throws Exception {
        var result = crawl("--latency", "1", "--compare");
        assertEquals(
                3,
                result.out()
                        .lines()
                        .filter(line -> line.matches("200 pages .*: \\d+\\.\\d\\d s"))
                        .count(),
                result.out());
        assertTrue(result.report().get("pages").asInt() >= 1_000, result.lastLine());
    }

    @Test
    @Tag("once")
    void compare_countsThePagesThatFailMeanwhile() throws Exception {
        site.page("/", IntStream.range(0, 20).mapToObj(i -> i + ".html").toArray(String[]::new));
        IntStream.range(0, 20).forEach(i -> site.page("/" + i + ".html"));
        site.stallingAfterwards("/1.html").failingAfterwards("/2.html");
        var result = crawl(site.url("/"), "--compare", "--timeout", "1");
        assertEquals(0, result.exitCode(), result.err());
        assertEquals(
                3,
                result.out()
                        .lines()
                        .filter(line -> line.matches("21 pages .*: \\d+\\.\\d\\d s \\(2 failed\\)"))
                        .count(),
                result.out());
    }
}
