import static jasyncio.Asyncio.*;
import static java.lang.IO.println;

import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import jasyncio.*;
import jasyncio.servers.MariaDbServer;

/** Awaits a future of Vert.x. */
<T> T result(io.vertx.core.Future<T> future) {
    return await(future.toCompletionStage());
}

int square(Pool pool, int number) {
    var rows = result(pool.preparedQuery("SELECT ? * ?").execute(Tuple.of(number, number)));
    return rows.iterator().next().getInteger(0);
}

void main() throws Exception {
    try (var server = MariaDbServer.open()) {
        run(() -> {
            var address = "mysql://jasyncio:jasyncio@%s:%d/jasyncio".formatted(server.host(), server.port());
            var pool = MySQLBuilder.pool(
                    builder -> builder.with(new PoolOptions().setMaxSize(4)).connectingTo(address));
            try {
                println(await(gather(() -> square(pool, 3), () -> square(pool, 4), () -> square(pool, 5))));
            } finally {
                result(pool.close());
            }
        });
    }
}
