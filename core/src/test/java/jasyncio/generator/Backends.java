package jasyncio.generator;

/** What a test may expect of the backend that it runs on. */
final class Backends {
    private Backends() {}

    static boolean portable() {
        return System.getProperty("jasyncio.backend", "portable").equals("portable");
    }
}
