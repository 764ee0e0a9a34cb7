/** What the {@code jasyncio} command needs inside the JVM of the program it starts. */
module jasyncio.cli {
    requires jasyncio.core;
    requires static transitive org.jspecify;

    exports jasyncio.cli;
}
