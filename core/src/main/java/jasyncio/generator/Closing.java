package jasyncio.generator;

import jasyncio.AsyncContextManager;
import org.jspecify.annotations.Nullable;

/** The context manager of {@link AsyncGenerator#aclosing}. */
record Closing<G extends AsyncGenerator<?>>(G generator) implements AsyncContextManager<G> {
    @Override
    public G enter() {
        return generator;
    }

    @Override
    public boolean exit(@Nullable Throwable thrown) {
        generator.aclose();
        return false;
    }
}
