package jasyncio.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a {@link JasyncioTest} under many schedules, one after another, until one fails.
 *
 * {@snippet :
 * @Interleavings(1000)
 * void balance_staysAboveZero() { … }
 * }
 *
 * <p>The first schedule is that of every loop, seed 0; the others have the seeds 1, 2, 3 and so on, see {@link Schedule}. Each has an instance
 * of the test class and a loop of its own. The failure names the seed, who ran, and how to repeat it: {@code -Djasyncio.seed=N} runs that
 * schedule alone, and it goes the same way, provided that the test does the same things: it may use neither other threads nor real time
 * nor randomness of its own.
 *
 * <p>It is a {@code JasyncioTest} by itself; both may stand there.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@JasyncioTest
public @interface Interleavings {
    /** How many schedules to run. */
    int value();

    /** The first seed. */
    long from() default 0;
}
