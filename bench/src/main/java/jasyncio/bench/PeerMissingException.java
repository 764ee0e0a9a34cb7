package jasyncio.bench;

/** This machine lacks what a peer needs; the message says what, and how to get it. */
final class PeerMissingException extends Exception {

    private static final long serialVersionUID = 1L;

    PeerMissingException(String message) {
        super(message);
    }
}
