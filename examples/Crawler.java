import static jasyncio.Asyncio.*;
import static java.lang.IO.println;
import static java.net.http.HttpResponse.BodyHandlers.ofPublisher;
import static java.net.http.HttpResponse.BodySubscribers.*;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.*;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import jasyncio.*;
import jasyncio.Future;
import jasyncio.executor.Publishers;
import jasyncio.generator.AsyncGenerator;
import jasyncio.servers.MariaDbServer;
import jasyncio.sync.Held;
import jasyncio.sync.Semaphore;
import java.io.*;
import java.net.*;
import java.net.http.*;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.Charset;
import java.nio.file.*;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.Future.State;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/**
 * Crawls a website, a hundred pages at a time, on one thread, in plain sequential code, and reports its broken links.
 *
 * <pre>
 * ./jasyncio run examples/Crawler.java                          crawls 1,486 pages that it serves itself
 * ./jasyncio run examples/Crawler.java http://localhost:8080/   crawls that site, and stays on its host
 * ./jasyncio run examples/Crawler.java --store mariadb          keeps what it finds, and goes on there the next time
 * ./jasyncio run examples/Crawler.java --store mariadb --search "json null"     looks for words in what it has stored
 * ./jasyncio run examples/Crawler.java --help                   lists the options
 * </pre>
 *
 * <p>{@link Crawl} is the heart of it: {@code from} starts the workers, each of them loops in {@code work}, which calls
 * {@code visit}, which calls {@code fetch}, which calls {@code get}, which calls {@code read}. These are ordinary methods with ordinary loops and
 * exceptions, but any of them may be suspended in the middle while other workers go on. The workers take turns on one
 * thread and change only where one of them waits, so that the collections they share need no locks.
 */
@Command(
        name = "Crawler",
        version = "an example of jasyncio",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Crawls a website, many pages at a time, and reports its broken links.",
        footer = {
            "",
            "Exit code: 0 crawled, 2 bad options, a start that cannot be crawled, or a failure, 130 interrupted."
        })
public final class Crawler implements Callable<Integer> {
    private static final int MAX_BYTES = 10_000_000;
    private static final int LARGE_BYTES = 250_000;
    private static final int MEMORY_PER_BYTE = 40; // of HTML, while it is parsed
    private static final int MAX_REDIRECTS = 10;
    private static final int MAX_TRIES = 3;
    private static final Duration BACKOFF = ofMillis(200);

    @Parameters(arity = "0..1", paramLabel = "URL", description = "Where to start; without it, a site served here.")
    private @Nullable String url;

    @Option(names = "--at-once", paramLabel = "N", description = "Pages at a time (default: ${DEFAULT-VALUE}).")
    private int atOnce = 100;

    @Option(names = "--pages", paramLabel = "N", description = "Stop after that many pages.")
    private int maxPages = Integer.MAX_VALUE;

    @Option(names = "--timeout", paramLabel = "S", description = "Seconds per request (default: ${DEFAULT-VALUE}).")
    private int timeout = 5;

    @Option(
            names = "--latency",
            paramLabel = "MS",
            description = "Delay of the site served here (default: ${DEFAULT-VALUE}).")
    private int latency = 50;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the whole report there.")
    private @Nullable Path json;

    @Option(names = "--compare", description = "First race 200 pages: sequentially, with threads, with coroutines.")
    private boolean compare;

    @Option(
            names = "--store",
            paramLabel = "DB",
            description =
                    "Keep pages and links there: mariadb, or a JDBC URL of one. A killed crawl goes on from there.")
    private @Nullable String storeName;

    @Option(names = "--data", paramLabel = "DIR", description = "Data of --store mariadb (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("crawler-data");

    @Option(names = "--search", paramLabel = "WORDS", description = "Crawl nothing, but search what is stored.")
    private @Nullable String words;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService parsers =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

    public static void main(String... args) {
        Locale.setDefault(Locale.ROOT); // for figures that other programs can read
        var commandLine = new CommandLine(new Crawler());
        commandLine.setParameterExceptionHandler((e, _) -> fail(e.getMessage() + "; --help lists the options"));
        System.exit(commandLine.execute(args));
    }

    private static int fail(String message) {
        System.err.println(message);
        return 2;
    }

    @Override
    public Integer call() throws Exception {
        try {
            checkOptions();
            if (storeName == null) {
                return crawl(0, null);
            }
            if (!storeName.equals("mariadb")) {
                return openStore(storeName);
            }
            try (var database = MariaDbServer.open(data)) {
                return openStore(database.url());
            }
        } catch (URISyntaxException e) {
            return fail("Not the address of a website: '%s'; write it as http://host/path".formatted(url));
        } catch (IllegalArgumentException e) {
            return fail(e.getMessage());
        } catch (IOException e) {
            return fail(e.toString());
        } catch (ExceptionGroup e) {
            return fail("The crawl broke off: " + reason(e.leaves().getFirst()));
        } finally {
            client.shutdownNow();
            parsers.shutdownNow();
        }
    }

    private void checkOptions() {
        check(atOnce >= 1 && atOnce <= 10_000, "--at-once", atOnce, "from 1 to 10000");
        check(maxPages >= 1, "--pages", maxPages, "at least 1");
        check(timeout >= 1, "--timeout", timeout, "at least 1");
        check(latency >= 0, "--latency", latency, "at least 0");
        check(words == null || storeName != null, "--search", words, "together with --store");
        check(json == null || isPossibleFile(json), "--json", json, "a file in a directory that exists");
    }

    private static boolean isPossibleFile(Path path) {
        return !Files.isDirectory(path)
                && Files.isDirectory(path.toAbsolutePath().getParent());
    }

    private static void check(boolean holds, String option, @Nullable Object value, String bound) {
        if (!holds) {
            throw new IllegalArgumentException("Bad value %s for %s: it must be %s".formatted(value, option, bound));
        }
    }

    /** Searches the store, or crawls with it; without a URL the site is served where it was when the crawl began. */
    private int openStore(String database) throws Exception {
        if (words != null) {
            return search(database, words);
        }
        URI start = run(() -> {
            try (var store = new CrawlerStore(database)) {
                return store.start();
            }
        });
        return crawl(start == null ? 0 : Math.max(0, start.getPort()), database);
    }

    private static int search(String database, String words) throws IOException {
        var hits = run(() -> {
            try (var store = new CrawlerStore(database)) {
                store.start();
                return store.search(words, 10);
            }
        });
        hits.forEach(hit -> println("%6.2f  %s  %s".formatted(hit.score(), hit.url(), hit.title())));
        println("%d pages found".formatted(hits.size()));
        return 0;
    }

    private int crawl(int port, @Nullable String database) throws Exception {
        if (url != null) {
            URI start = Page.address(Page.resolve("", url));
            if (start.getHost() == null) {
                throw new URISyntaxException(url, "Not a host");
            }
            return crawl(start, database);
        }
        var server = serveJavadoc(latency, port);
        try {
            return crawl(
                    URI.create(
                            "http://localhost:%d/".formatted(server.getAddress().getPort())),
                    database);
        } finally {
            server.stop(0);
        }
    }

    private int crawl(URI start, @Nullable String database) throws Exception {
        if (compare && !compare(start)) {
            return 130;
        }
        Report report = run(() -> {
            if (database == null) {
                return new Crawl(maxPages, null).from(start);
            }
            try (var store = new CrawlerStore(database)) {
                return new Crawl(maxPages, store).from(start);
            }
        });
        boolean started = report.pages > 0 || report.interrupted;
        if (started) {
            report.print();
        }
        if (json != null) {
            write(report, json);
        }
        if (report.failure != null) {
            return fail("The crawl broke off: " + report.failure);
        }
        if (!started) {
            return fail("Cannot crawl %s: %s".formatted(start, report.visits.getFirst().note));
        }
        return report.interrupted ? 130 : 0;
    }

    private static void write(Report report, Path file) {
        var mapper = JsonMapper.shared().writerWithDefaultPrettyPrinter();
        try {
            Files.writeString(file, mapper.writeValueAsString(report));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Cannot write the report (%s): give --json a file that can be written".formatted(e), e);
        }
    }

    /** One crawl of one site. All of it but the parsing happens on the event loop's thread. */
    private final class Crawl {
        private final long begin = System.nanoTime();
        private final Frontier frontier;
        private final List<Visit> visits = new ArrayList<>();
        private final Map<URI, List<URI>> pagesByLink = new HashMap<>();
        private final List<Broken> malformed = new ArrayList<>();
        private final Semaphore largePages = new Semaphore(placesForLargePages());
        private final @Nullable CrawlerStore store;
        private @Nullable String host;

        Crawl(int maxPages, @Nullable CrawlerStore store) {
            frontier = new Frontier(maxPages);
            this.store = store;
        }

        /** Crawls from a page on, until no new link is left or Ctrl-C is pressed. */
        Report from(URI start) throws IOException {
            if (store == null) {
                frontier.add(start);
            } else {
                resume(start, store);
            }
            boolean interrupted = false;
            String failure = null;
            try {
                taskGroup(group -> {
                    var progress = group.createTask("progress", this::showProgress);
                    var writer = store == null ? null : group.createTask("writer", store::write);
                    taskGroup(workers -> {
                        for (int i = 1; i <= atOnce; i++) {
                            workers.createTask("worker-" + i, this::work);
                        }
                    });
                    progress.cancel();
                    if (writer != null) {
                        writer.cancel();
                    }
                });
            } catch (CancelledError e) {
                interrupted = true; // by Ctrl-C: what was found so far is still worth a report
            } catch (ExceptionGroup e) {
                failure = reason(e.leaves().getFirst()); // the store's, or of the machine: no page can stop the crawl
            }
            return report(start, interrupted, failure);
        }

        /** Goes on where the stored crawl was left: what is waiting there waits again, the rest is known. */
        private void resume(URI start, CrawlerStore store) throws IOException {
            URI stored = store.start();
            if (stored == null) {
                store.begin(start);
            } else if (!stored.equals(start)) {
                throw new IOException("The store holds a crawl of %s; give %s another one".formatted(stored, start));
            }
            host = store.host();
            pagesByLink.putAll(store.pagesByLink());
            store.malformed()
                    .forEach(link ->
                            malformed.add(new Broken(link.href(), "not a valid address", List.of(link.page()))));
            for (var known : store.known()) {
                switch (known.status()) {
                    case "waiting" -> frontier.add(known.url());
                    case "alias" -> frontier.visited(known.url(), false);
                    default -> {
                        var kind = Kind.valueOf(known.status().toUpperCase(Locale.ROOT));
                        frontier.visited(known.url(), kind == Kind.PAGE);
                        visits.add(new Visit(known.url(), kind, known.note(), known.links()));
                    }
                }
            }
        }

        /** One worker: visits links until there is none left and no other worker can find another. */
        private void work() {
            for (URI link = frontier.next(); link != null; link = frontier.next()) {
                settle(link);
            }
        }

        /** Visits a link and keeps what came of it. A method of its own: a worker that waits for links holds no page. */
        private void settle(URI link) {
            var result = new CrawlerStore.Result(link);
            var visit = visit(link, result);
            if (store != null) {
                result.status = visit.kind.name().toLowerCase(Locale.ROOT);
                result.note = visit.note;
                result.host = host;
                store.save(result);
                frontier.visited(Objects.requireNonNullElse(result.landed, link), false);
            }
            visits.add(visit);
            frontier.done(visit.kind == Kind.PAGE);
        }

        /** Fetches what a link leads to, and hands the links on that page to the frontier. No page can stop the crawl. */
        private Visit visit(URI link, CrawlerStore.Result result) {
            try (var answer = fetch(link)) {
                String other = whyNotParsed(link, answer);
                result.landed = other == null ? answer.response.uri() : null;
                if (other != null) {
                    return new Visit(link, Kind.OTHER, other, 0);
                }
                Page page = await(runInExecutor(parsers, () -> Page.parse(answer.response, answer.html.toByteArray())));
                page.malformed.forEach(href -> malformed.add(new Broken(href, "not a valid address", List.of(link))));
                var links = page.links.stream().filter(this::onSite).toList();
                for (URI found : links) {
                    pagesByLink.computeIfAbsent(found, _ -> new ArrayList<>()).add(link);
                    frontier.add(found);
                }
                result.links = links;
                result.malformed = page.malformed;
                result.linkCount = links.size() + page.malformed.size();
                result.title = page.title;
                result.text = page.text;
                return new Visit(link, Kind.PAGE, null, result.linkCount);
            } catch (IOException | TimeoutException | RuntimeException e) {
                return new Visit(link, Kind.BROKEN, reason(e), 0);
            }
        }

        /** Follows a link. A failure that may pass is followed by another try, after a pause that doubles. */
        private Answer fetch(URI link) throws IOException, TimeoutException {
            for (int tries = 1; ; tries++) {
                try {
                    return followRedirects(link);
                } catch (IOException | TimeoutException e) {
                    if (e instanceof ProtocolException || tries == MAX_TRIES) {
                        throw e;
                    }
                }
                sleep(BACKOFF.multipliedBy(1L << (tries - 1)));
            }
        }

        /** Returns the response at the end of a chain of redirects, or the one that leads to another host. */
        private Answer followRedirects(URI link) throws IOException, TimeoutException {
            var hops = new HashSet<URI>();
            for (URI next = link; hops.add(next); ) {
                var answer = get(next);
                URI target = redirect(answer.response);
                if (target == null || !onSite(target) || isStored(target)) {
                    host = host == null ? Page.host(next) : host;
                    return answer;
                }
                if (hops.size() > MAX_REDIRECTS) {
                    throw new ProtocolException("more than %d redirects".formatted(MAX_REDIRECTS));
                }
                next = target;
            }
            throw new ProtocolException("redirects in a circle");
        }

        /** What is in the store already is not fetched again for a link that leads there in a roundabout way. */
        private boolean isStored(URI address) {
            return store != null && frontier.isVisited(address);
        }

        /** One request. A large page waits for one of few places for such, and keeps it until the answer is closed. */
        private Answer get(URI address) throws IOException, TimeoutException {
            var answer = timeout(ofSeconds(timeout), () -> begin(address));
            try {
                if (answer.more) {
                    answer.place = largePages.acquire();
                    timeout(ofSeconds(timeout), () -> answer.read(MAX_BYTES));
                }
                if (answer.more) {
                    throw new ProtocolException("larger than %d MB".formatted(MAX_BYTES / 1_000_000));
                }
                return answer;
            } catch (Throwable e) {
                answer.close();
                throw e;
            }
        }

        /** Returns an answer of which no more than the beginning is read, and nothing at all if it is no page. */
        private Answer begin(URI address) throws IOException {
            var response = await(client.sendAsync(request(address), ofPublisher()), IOException.class);
            var answer = new Answer(response);
            if (isPage(response)) {
                answer.read(LARGE_BYTES);
            } else {
                response.body().subscribe(limiting(discarding(), LARGE_BYTES)); // a longer transfer is broken off
                checkStatus(response);
            }
            return answer;
        }

        /** Says what else than a new page on this site a response is, or returns null. */
        private @Nullable String whyNotParsed(URI link, Answer answer) throws ProtocolException {
            var response = answer.response;
            URI landed = Objects.requireNonNullElse(redirect(response), response.uri());
            if (!landed.equals(link) && !(onSite(landed) && frontier.claim(landed))) {
                return "leads to " + landed;
            }
            if (!isHtml(response.headers())) {
                return "is %s, not HTML".formatted(contentType(response.headers()));
            }
            return isText(answer.html.toByteArray()) ? null : "says that it is HTML, but is binary data";
        }

        /** The host to stay on is that of the first page, after its redirects. */
        private boolean onSite(URI address) {
            return host == null || host.equals(Page.host(address));
        }

        /** Shows how far the crawl is: as a bar on a terminal, else as a line every second. */
        private void showProgress() {
            boolean terminal = Optional.ofNullable(System.console())
                    .map(Console::isTerminal)
                    .orElse(false);
            if (!terminal) {
                while (true) {
                    sleep(ofSeconds(1));
                    println("visited %d of the %d links found".formatted(visits.size(), frontier.seen.size()));
                }
            }
            // with a console of a given width: to find the width, the library would take Ctrl-C over
            var bars = new ProgressBarBuilder()
                    .setTaskName("crawling")
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(100)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, 80));
            try (var bar = bars.build()) {
                try {
                    while (true) {
                        bar.maxHint(frontier.seen.size()).stepTo(visits.size());
                        sleep(ofMillis(100));
                    }
                } finally {
                    bar.stepTo(visits.size());
                }
            }
        }

        private Report report(URI start, boolean interrupted, @Nullable String failure) {
            var broken = new ArrayList<>(malformed);
            for (Visit visit : visits) {
                if (visit.kind == Kind.BROKEN) {
                    var pages = pagesByLink.getOrDefault(visit.url, List.of());
                    broken.add(new Broken(visit.url.toString(), visit.note, pages));
                }
            }
            int pages = (int) visits.stream().filter(v -> v.kind == Kind.PAGE).count();
            int links = visits.stream().mapToInt(Visit::links).sum();
            double seconds = (System.nanoTime() - begin) / 1e9;
            return new Report(start, interrupted, failure, pages, links, seconds, atOnce, broken, visits);
        }
    }

    /** An answer and the page it brings, as far as it is read. */
    private static final class Answer implements AutoCloseable {
        private final HttpResponse<Flow.Publisher<List<ByteBuffer>>> response;
        private final AsyncGenerator<List<ByteBuffer>> pieces;
        private final ByteArrayOutputStream html = new ByteArrayOutputStream();
        private boolean more;
        private @Nullable Held place;

        Answer(HttpResponse<Flow.Publisher<List<ByteBuffer>>> response) {
            this.response = response;
            pieces = Publishers.iterate(response.body(), 16);
        }

        /** Reads to the end, or until there are more than so many bytes. */
        void read(int limit) {
            for (var buffers : pieces) {
                buffers.forEach(this::add);
                more = html.size() > limit;
                if (more) {
                    return;
                }
            }
            more = false;
        }

        private void add(ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            html.writeBytes(bytes);
        }

        /** Breaks off what is not read. */
        @Override
        public void close() {
            pieces.close();
            if (place != null) {
                place.close();
            }
        }
    }

    /** The links that wait to be visited. Each is handed out once, to whichever worker asks first. */
    private static final class Frontier {
        private final Set<URI> seen = new HashSet<>();
        private final Set<URI> visited = new HashSet<>();
        private final Queue<URI> waiting = new ArrayDeque<>();
        private final Queue<Future<@Nullable URI>> idle = new ArrayDeque<>();
        private final SequencedSet<URI> spare = new LinkedHashSet<>();
        private int places;
        private int open;

        Frontier(int pages) {
            places = pages;
        }

        /** Makes a link wait for a worker; if there is no place left, for that. */
        void add(URI link) {
            if (places <= 0 && !seen.contains(link)) {
                spare.add(link);
                return;
            }
            if (!claim(link)) {
                return;
            }
            places--;
            open++;
            var worker = idle.poll();
            if (worker != null) {
                worker.setResult(link);
            } else {
                waiting.add(link);
            }
        }

        /** Makes an address known, so that nobody visits it again, and tells whether it is new. */
        boolean claim(URI address) {
            return seen.add(address);
        }

        /** Returns the next link to visit, which another worker may have to find first, or null if none can come. */
        @Nullable
        URI next() {
            if (open == 0 || !waiting.isEmpty()) {
                return waiting.poll();
            }
            Future<@Nullable URI> worker = runningLoop().createFuture();
            idle.add(worker);
            return await(worker);
        }

        /** Makes an address known whose visit is over, and which took the place of a page, or none. */
        void visited(URI link, boolean page) {
            seen.add(link);
            visited.add(link);
            places -= page ? 1 : 0;
        }

        boolean isVisited(URI link) {
            return visited.contains(link);
        }

        /** Says that a link has been visited. What turned out to be no page leaves its place to another link. */
        void done(boolean page) {
            places += page ? 0 : 1;
            while (places > 0 && !spare.isEmpty()) {
                add(spare.removeFirst());
            }
            open--;
            if (open == 0) {
                idle.forEach(worker -> worker.setResult(null));
            }
        }
    }

    /** What the parser finds in a page: the addresses it links to, and links that are no addresses. */
    private record Page(Set<URI> links, Set<String> malformed, String title, String text) {
        private static final Pattern OTHER_SCHEME = Pattern.compile("(?!https?:)[a-zA-Z][a-zA-Z0-9+.-]*:");
        private static final Pattern ADDRESS = Pattern.compile("(?i)(https?)://([^/?#]+)([^#]*).*");
        private static final Pattern ILLEGAL =
                Pattern.compile("[^\\x21-\\x7e]|[\"<>\\\\^`{|}\\[\\]]|%(?![0-9a-fA-F]{2})");

        static Page parse(HttpResponse<?> response, byte[] html) throws IOException {
            var document = Jsoup.parse(
                    new ByteArrayInputStream(html),
                    charset(response.headers()),
                    response.uri().toString());
            document.select("template").remove();
            var page = new Page(new LinkedHashSet<>(), new LinkedHashSet<>(), document.title(), document.text());
            var hrefs = new HashSet<String>();
            for (var element : document.select("a[href], area[href], frame[src], iframe[src]")) {
                String attribute = element.hasAttr("href") ? "href" : "src";
                String href = withoutFragment(element.attr(attribute));
                if (hrefs.add(href)) {
                    page.add(href, element.absUrl(attribute));
                }
            }
            return page;
        }

        private void add(String href, String absolute) {
            try {
                if (!OTHER_SCHEME.matcher(absolute).lookingAt()) {
                    links.add(address(absolute));
                }
            } catch (URISyntaxException e) {
                malformed.add(href);
            }
        }

        private static String withoutFragment(String address) {
            int hash = address.indexOf('#');
            return hash < 0 ? address : address.substring(0, hash);
        }

        /** Resolves a link as browsers do; returns "" for what is no address. */
        static String resolve(String base, String link) {
            var element = new Element("a");
            element.setBaseUri(base);
            return element.attr("href", link.strip()).absUrl("href");
        }

        /** Writes an address in the one way that makes equal addresses equal: escaped, normalized, without fragment. */
        static URI address(String text) throws URISyntaxException {
            var parts = ADDRESS.matcher(text);
            if (!parts.matches()) {
                throw new URISyntaxException(text, "Not an http address");
            }
            var site = new URI(parts.group(1) + "://" + ascii(parts.group(2)));
            if (site.getPort() > 65_535) {
                throw new URISyntaxException(text, "Not a port");
            }
            String host = host(site);
            return new URI(
                    parts.group(1).toLowerCase(Locale.ROOT) + "://" + host + withoutDots(escaped(parts.group(3))));
        }

        private static String ascii(String authority) throws URISyntaxException {
            try {
                return IDN.toASCII(authority);
            } catch (IllegalArgumentException e) {
                throw new URISyntaxException(authority, "Not a host");
            }
        }

        private static String escaped(String path) {
            return ILLEGAL.matcher(path)
                    .replaceAll(
                            illegal -> URLEncoder.encode(illegal.group(), UTF_8).replace("+", "%20"));
        }

        /** Resolves . and .. in a path, which a query may follow; unlike {@link URI#normalize} it keeps double slashes. */
        private static String withoutDots(String pathAndQuery) {
            int query = (pathAndQuery + "?").indexOf('?');
            String path = pathAndQuery.substring(0, query).replaceAll("/(\\.\\.?)$", "/$1/");
            var kept = new ArrayDeque<String>();
            for (String segment : path.split("/", -1)) {
                if (segment.equals("..") && kept.size() > 1) {
                    kept.removeLast();
                } else if (!segment.startsWith(".") || !segment.matches("\\.\\.?")) {
                    kept.add(segment);
                }
            }
            return (path.isEmpty() ? "/" : String.join("/", kept)) + pathAndQuery.substring(query);
        }

        /** The host and its port, if that is not the usual one; also of hosts with names that only other clients can ask. */
        static String host(URI uri) {
            boolean usual = uri.getPort() == (uri.getScheme().equalsIgnoreCase("http") ? 80 : 443);
            String port = usual || uri.getPort() == -1 ? "" : ":" + uri.getPort();
            String host = uri.getHost() == null ? uri.getRawAuthority() : uri.getHost() + port;
            return host.toLowerCase(Locale.ROOT);
        }
    }

    private static HttpRequest request(URI address) {
        return HttpRequest.newBuilder(address)
                .header("User-Agent", "jasyncio-crawler")
                .build();
    }

    /** Large pages that fit into the memory together, if half of it is for other things. */
    private static int placesForLargePages() {
        long places = Runtime.getRuntime().maxMemory() / 2 / MEMORY_PER_BYTE / MAX_BYTES;
        return Math.clamp(places, 1, 1_000);
    }

    /** A status that may change soon is an {@code IOException}, a final one a {@code ProtocolException}. */
    private static void checkStatus(HttpResponse<?> response) throws IOException {
        int status = response.statusCode();
        if (status >= 500 || status == 429) {
            throw new IOException("HTTP " + status);
        }
        if (status >= 400) {
            throw new ProtocolException("HTTP " + status);
        }
    }

    private static boolean isPage(HttpResponse<?> response) {
        return response.statusCode() < 400 && location(response) == null && isHtml(response.headers());
    }

    private static @Nullable String location(HttpResponse<?> response) {
        var location = response.headers().firstValue("Location");
        return response.statusCode() / 100 == 3 ? location.orElse(null) : null;
    }

    private static @Nullable URI redirect(HttpResponse<?> response) throws ProtocolException {
        String location = location(response);
        if (location == null) {
            return null;
        }
        String decoded = new String(location.getBytes(ISO_8859_1), UTF_8); // the client takes bytes for letters
        try {
            return Page.address(Page.resolve(response.uri().toString(), decoded));
        } catch (URISyntaxException e) {
            throw new ProtocolException("redirects to '%s', which is not a valid address".formatted(decoded));
        }
    }

    private static String contentType(HttpHeaders headers) {
        return headers.firstValue("Content-Type").orElse("text/html");
    }

    private static boolean isHtml(HttpHeaders headers) {
        return contentType(headers).matches("(?i)(text/html|application/xhtml\\+xml)\\b.*");
    }

    /** Returns the charset that the server names, or null: then the parser looks for one in the page. */
    private static @Nullable String charset(HttpHeaders headers) {
        var name = Pattern.compile("(?i)charset=\"?([^\\s;\"]+)").matcher(contentType(headers));
        var charset = name.find() ? Charset.forName(name.group(1), null) : null;
        return charset == null ? null : charset.name();
    }

    /** Text has no zero bytes, but for UTF-16, which starts with a byte order mark. */
    private static boolean isText(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 1_000), ISO_8859_1);
        return start.indexOf(0) < 0 || start.startsWith("\u00fe\u00ff") || start.startsWith("\u00ff\u00fe");
    }

    private String reason(Throwable e) {
        return switch (e) {
            case TimeoutException _ -> "no answer within %d s".formatted(timeout);
            case ConnectException _ when hasCause(e, UnresolvedAddressException.class) -> "no such host";
            case ConnectException _ -> "cannot connect";
            case OutOfMemoryError _ -> "out of memory; ./jasyncio run -Xmx4g FILE.java gives it 4 GB";
            case IOException _ when e.getMessage() != null -> e.getMessage();
            default -> e.toString();
        };
    }

    private static boolean hasCause(@Nullable Throwable e, Class<?> type) {
        return e != null && (type.isInstance(e) || hasCause(e.getCause(), type));
    }

    private enum Kind {
        PAGE,
        BROKEN,
        OTHER
    }

    /** What became of a link. The note says why it is broken, or what it leads to if not to a new page. */
    private record Visit(URI url, Kind kind, @Nullable String note, int links) {}

    /** A broken link and the pages on which it stands. */
    private record Broken(String link, String problem, List<URI> pages) {}

    private record Report(
            URI start,
            boolean interrupted,
            @Nullable String failure,
            int pages,
            int links,
            double seconds,
            int atOnce,
            List<Broken> broken,
            List<Visit> visits) {

        void print() {
            for (Broken link : broken) {
                println("broken: %s: %s".formatted(link.link, link.problem));
                link.pages.stream().limit(3).forEach(page -> println("    on " + page));
                if (link.pages.size() > 3) {
                    println("    and on %d more pages".formatted(link.pages.size() - 3));
                }
            }
            visits.stream()
                    .filter(v -> v.kind == Kind.OTHER)
                    .forEach(v -> println("not crawled: %s: %s".formatted(v.url, v.note)));
            if (interrupted) {
                println("interrupted: this is as far as it came");
            }
            int places = broken.stream().mapToInt(link -> link.pages.size()).sum();
            println("crawled %d pages, %d links (%d broken) in %.1f s, %d at a time"
                    .formatted(pages, links, places, seconds, atOnce));
        }
    }

    /** Times the same work done in three ways, and tells whether Ctrl-C left it alone. */
    private boolean compare(URI start) throws Exception {
        println("looking for 200 pages to compare with");
        Report slice = run(() -> new Crawl(200, null).from(start));
        if (slice.interrupted) {
            return false;
        }
        var pages = slice.visits.stream()
                .filter(v -> v.kind == Kind.PAGE)
                .map(Visit::url)
                .toList();
        time(pages, "sequentially", () -> visitSequentially(pages));
        time(pages, "in a pool of %d threads".formatted(atOnce), () -> visitInThreads(pages));
        time(pages, "in %d coroutines".formatted(atOnce), () -> visitInCoroutines(pages));
        return true;
    }

    private static void time(List<URI> pages, String how, Callable<Integer> work) throws Exception {
        long begin = System.nanoTime();
        int failed = work.call();
        double seconds = (System.nanoTime() - begin) / 1e9;
        String failures = failed == 0 ? "" : " (%d failed)".formatted(failed);
        println("%d pages %s: %.2f s%s".formatted(pages.size(), how, seconds, failures));
    }

    private int visitSequentially(List<URI> pages) {
        int failed = 0;
        for (URI page : pages) {
            try {
                parse(send(page).join());
            } catch (IOException | CompletionException _) {
                failed++;
            }
        }
        return failed;
    }

    private int visitInThreads(List<URI> pages) throws InterruptedException {
        try (var pool = Executors.newFixedThreadPool(atOnce)) {
            var visits = new ArrayList<Callable<Page>>();
            pages.forEach(page -> visits.add(() -> parse(send(page).join())));
            return (int) pool.invokeAll(visits).stream()
                    .filter(visit -> visit.state() == State.FAILED)
                    .count();
        }
    }

    private int visitInCoroutines(List<URI> pages) {
        var rest = pages.iterator();
        var failed = new ArrayList<URI>();
        run(() -> taskGroup(workers -> {
            for (int i = 1; i <= atOnce; i++) {
                workers.createTask(() -> {
                    while (rest.hasNext()) {
                        URI page = rest.next();
                        try {
                            var response = await(send(page));
                            await(runInExecutor(parsers, () -> parse(response)));
                        } catch (Exception _) {
                            failed.add(page);
                        }
                    }
                });
            }
        }));
        return failed.size();
    }

    private CompletableFuture<HttpResponse<byte[]>> send(URI page) {
        return client.sendAsync(request(page), _ -> limiting(ofByteArray(), MAX_BYTES))
                .orTimeout(timeout, TimeUnit.SECONDS);
    }

    private static Page parse(HttpResponse<byte[]> response) throws IOException {
        checkStatus(response);
        return Page.parse(response, response.body());
    }

    /** Serves a real site, the javadoc of a library, from its jar, with the JDK's web server on threads of its own. */
    private static HttpServer serveJavadoc(int latency, int port) throws IOException {
        Path jar = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith("-javadoc.jar"))
                .map(Path::of)
                .findFirst()
                .orElseThrow(() -> new FileNotFoundException("No *-javadoc.jar on the class path; give a URL"));
        var files = SimpleFileServer.createFileHandler(
                FileSystems.newFileSystem(jar).getPath("/"));
        var delay = Filter.beforeHandler(
                "latency", _ -> LockSupport.parkNanos(ofMillis(latency).toNanos()));
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", files).getFilters().add(delay);
        server.start();
        println("serving %s on port %d"
                .formatted(jar.getFileName(), server.getAddress().getPort()));
        return server;
    }
}
