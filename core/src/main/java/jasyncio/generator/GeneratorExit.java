package jasyncio.generator;

/**
 * Thrown by a yield when its generator is closed. Let it pass, after cleaning up in {@code finally}.
 *
 * <p>An {@code Error}, so that {@code catch (Exception e)} does not swallow it.
 */
public final class GeneratorExit extends Error {
    private static final long serialVersionUID = 1L;

    public GeneratorExit() {
        super("The generator is being closed");
    }
}
