package jasyncio.generator;

import jasyncio.AsyncContextManager;
import jasyncio.StopAsyncIteration;
import org.jspecify.annotations.Nullable;

/** A generator that yields once, as a context manager: contextlib's {@code asynccontextmanager}. */
final class GeneratorContext<C extends @Nullable Object> implements AsyncContextManager<C> {
    private final AsyncGenerator<C> generator;

    GeneratorContext(AsyncGenerator<C> generator) {
        this.generator = generator;
    }

    @Override
    public C enter() {
        try {
            return generator.anext();
        } catch (StopAsyncIteration e) {
            throw new IllegalStateException("Generator didn't yield: " + generator
                    + " has nothing for the body of with(…); it must yield once, and serves one with(…)");
        }
    }

    @Override
    public boolean exit(@Nullable Throwable thrown) {
        if (thrown == null) {
            try {
                generator.anext();
            } catch (StopAsyncIteration e) {
                return false;
            }
            throw closed(new IllegalStateException("Generator didn't stop: " + generator + " has yielded once more"));
        }
        try {
            generator.athrow(thrown);
        } catch (Throwable e) {
            if (isOf(thrown, e)) {
                return false;
            }
            if (e instanceof StopAsyncIteration) {
                return true;
            }
            throw e;
        }
        throw closed(new IllegalStateException(
                "Generator didn't stop after athrow(): " + generator + " has yielded once more", thrown));
    }

    /** Tells whether the body let pass what was thrown in. An end of iteration comes back as the cause of what the generator makes of it. */
    private static boolean isOf(Throwable thrown, Throwable left) {
        boolean signal = thrown instanceof StopAsyncIteration || thrown instanceof StopIteration;
        return left == thrown || (signal && left instanceof IllegalStateException && left.getCause() == thrown);
    }

    private IllegalStateException closed(IllegalStateException problem) {
        try {
            generator.aclose();
        } catch (Throwable e) {
            e.addSuppressed(problem);
            throw e;
        }
        return problem;
    }
}
