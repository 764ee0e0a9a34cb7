import static jasyncio.Asyncio.*;
import static java.lang.IO.println;

import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import jasyncio.*;
import jasyncio.queue.Queue;
import jasyncio.servers.RedisServer;
import java.util.List;

/**
 * A chat room on Redis with the client Lettuce: commands are awaited, and what is published on a channel is iterated over.
 *
 * <pre>
 * ./jasyncio run examples/RedisChat.java
 * ./jasyncio run examples/RedisChat.java redis://localhost:6379
 * </pre>
 *
 * <p>It uses the channel {@code jasyncio:room} and the key {@code jasyncio:count}.
 */
public final class RedisChat {
    private static final String ROOM = "jasyncio:room";
    private static final String COUNT = "jasyncio:count";
    private static final String GOODBYE = "goodbye";

    private RedisChat() {}

    public static void main(String... args) throws Exception {
        System.setProperty("io.lettuce.core.iouring", "false"); // else it warns that it had a choice
        if (args.length > 0) {
            run(() -> chat(args[0]));
            return;
        }
        try (var server = RedisServer.open()) {
            run(() -> chat(server.url()));
        }
    }

    private static void chat(String url) {
        var client = RedisClient.create(url);
        try (var connection = client.connect()) {
            var redis = connection.async(); // its RedisFuture is a CompletionStage: it can be awaited as it is
            await(redis.del(COUNT));
            try (var room = new Channel(client, ROOM)) {
                var listener = createTask("listener", () -> {
                    for (String message : room) {
                        println("heard " + message);
                        if (message.endsWith(GOODBYE)) {
                            break;
                        }
                    }
                });
                for (String name : List.of("ann", "bob")) {
                    await(redis.publish(ROOM, name + ": hello"));
                    await(redis.incr(COUNT));
                }
                await(redis.publish(ROOM, "ann: " + GOODBYE));
                await(listener);
            }
            println("messages: " + await(redis.get(COUNT)));
            await(redis.del(COUNT));
        } finally {
            await(client.shutdownAsync());
        }
    }

    /** What is published on a channel, for one task to iterate over. What nobody has taken yet waits in a queue without a bound. */
    static final class Channel implements AsyncIterable<String>, AutoCloseable {
        private final EventLoop loop = runningLoop();
        private final Queue<String> messages = new Queue<>();
        private final StatefulRedisPubSubConnection<String, String> connection;

        /** Returns when the server has confirmed: what is published afterwards is not missed. */
        Channel(RedisClient client, String name) {
            connection = client.connectPubSub();
            connection.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(
                        String channel, String message) { // on a thread of Lettuce, and the queue is for the loop's
                    loop.callSoonThreadsafe(() -> messages.putNowait(message));
                }
            });
            await(connection.async().subscribe(name));
        }

        @Override
        public AsyncIterator<String> aiter() {
            return messages.aiter();
        }

        @Override
        public void close() {
            connection.close();
        }
    }
}
