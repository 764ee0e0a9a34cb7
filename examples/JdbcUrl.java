import java.net.URI;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/**
 * The parts of {@code jdbc:mariadb://HOST:PORT/DATABASE?user=USER&password=PASSWORD}, or of {@code jdbc:mysql:} and {@code jdbc:postgresql:}, for clients
 * that are no JDBC drivers.
 */
record JdbcUrl(String product, String host, int port, String database, String user, String password) {

    /** @throws IllegalArgumentException if it is no such address */
    static JdbcUrl parse(String url) {
        if (!url.matches("jdbc:(mariadb|mysql|postgresql)://[^/]+/[^/?]+(\\?.*)?")) {
            throw new IllegalArgumentException(
                    "Not the address of a database: '%s'; write it as jdbc:mariadb://host:port/database?user=…&password=…"
                            .formatted(url));
        }
        var uri = URI.create(url.substring("jdbc:".length()));
        var parameters = new HashMap<String, String>();
        for (String parameter : text(uri.getQuery()).split("&")) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1));
            }
        }
        boolean postgres = uri.getScheme().equals("postgresql");
        int port = uri.getPort() == -1 ? (postgres ? 5432 : 3306) : uri.getPort();
        return new JdbcUrl(
                uri.getScheme(),
                uri.getHost(),
                port,
                uri.getPath().substring(1),
                parameters.getOrDefault("user", ""),
                parameters.getOrDefault("password", ""));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
