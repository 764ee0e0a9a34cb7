package jasyncio.net;

import static jasyncio.Asyncio.newEventLoop;

import jasyncio.Action;
import jasyncio.Runner;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A test that runs on every engine that works here. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@MethodSource("jasyncio.net.EachEngine$Engines#available")
@interface EachEngine {

    /** The engines of this machine, and a loop on one of them. */
    final class Engines {
        private Engines() {}

        static Stream<Engine> available() {
            return Arrays.stream(Engine.values()).filter(Engine::available);
        }

        static <X extends Exception> void run(Engine engine, Action<X> body) throws X {
            try (var runner = new Runner(o -> o.loopFactory(() -> newEventLoop(l -> l.poller(engine.newPoller()))))) {
                runner.run(body);
            }
        }
    }
}
