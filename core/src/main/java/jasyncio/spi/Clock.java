package jasyncio.spi;

import java.time.Instant;

/** Where a loop's time comes from. */
public interface Clock {

    /** The machine's clock: {@link System#nanoTime()}, anchored at the wall clock once. */
    Clock SYSTEM = new Clock() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Instant instant() {
            return Instant.now();
        }
    };

    /** Returns monotonic nanoseconds from an arbitrary origin; only differences mean anything. */
    long nanoTime();

    /** Returns the moment that {@link #nanoTime()} now stands for. Read once, when the loop is created. */
    Instant instant();
}
