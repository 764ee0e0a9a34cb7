/** A port, as it stands on a command line. */
final class Port {
    private static final int MAX = 65_535;

    private Port() {}

    /** Returns the port, or ends the program with a word about it and code 2. */
    static int of(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= MAX) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        System.err.println("A port is a number from 0 to " + MAX + ", not '" + text + "'");
        System.exit(2);
        throw new AssertionError("not reached");
    }
}
