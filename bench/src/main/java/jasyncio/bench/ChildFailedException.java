package jasyncio.bench;

/** A child process gave no sample; the message says why and quotes its last output. */
final class ChildFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    ChildFailedException(String message) {
        super(message);
    }
}
