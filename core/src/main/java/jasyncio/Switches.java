package jasyncio;

/** System properties that are on or off. */
final class Switches {
    static final String DEBUG = "jasyncio.debug";
    static final String FAIL_IF_STALLED = "jasyncio.watchdog.fail";

    private Switches() {}

    /** {@code -Dproperty} and {@code -Dproperty=true} turn it on; absent, {@code false} and anything else leave it off. */
    static boolean on(String property) {
        String value = System.getProperty(property, "false");
        return value.isEmpty() || value.equalsIgnoreCase("true");
    }

    /** Refuses what is neither on nor off: when a loop is created, where somebody sees it. */
    static void check() {
        check(DEBUG);
        check(FAIL_IF_STALLED);
    }

    private static void check(String property) {
        String value = System.getProperty(property, "false");
        if (!on(property) && !value.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException("Neither true nor false: -D" + property + "=" + value);
        }
    }
}
