/** Tests of coroutines: virtual time, what a test leaves behind, seeded interleavings, for JUnit 5. */
module jasyncio.testkit {
    requires transitive jasyncio.core;
    requires static transitive jasyncio.net;
    requires transitive org.junit.jupiter.api;
    requires static org.apiguardian.api;
    requires static transitive org.jspecify;

    exports jasyncio.testkit;
}
