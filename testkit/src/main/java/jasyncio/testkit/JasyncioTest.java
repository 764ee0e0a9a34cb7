package jasyncio.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A JUnit test whose method is the main coroutine of a new loop: it may await, create tasks and sleep. The loop's time is a {@link
 * VirtualClock}.
 *
 * {@snippet :
 * @JasyncioTest
 * void sleepsAnHour(VirtualClock clock) {
 *     sleep(ofHours(1));
 *     assertEquals(ofHours(1), clock.elapsed());
 * }
 * }
 *
 * <p>Besides what the method throws, a test fails if
 *
 * <ul>
 *   <li>a task is left: not done after the method has returned and all that was ready has run, without time passing;
 *   <li>a timer of {@code callLater} or {@code callAt} is left, or work in an executor, or a {@code CompletionStage} that is waited for;
 *   <li>something failed and nobody saw it: a task whose exception was never retrieved, a callback that threw, a task lost while pending. A test
 *       that expects such a failure sets the loop's exception handler;
 *   <li>it is wedged: nothing is ready and no timer is set, but the method has not returned. The message shows the {@link TaskTree};
 *   <li>an {@link OrderLog} was begun and not finished.
 * </ul>
 *
 * <p>Parameters of the types {@link VirtualClock}, {@link jasyncio.EventLoop}, {@link OrderLog} and {@link Schedule} are those of the test, here and in
 * {@code @BeforeEach} methods, which run before the loop does. The method is a {@code @TestTemplate}, so JUnit's other annotations and extensions work too.
 *
 * <p>{@code -Djasyncio.seed=N} runs it under the {@link Schedule} of that seed.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(JasyncioExtension.class)
public @interface JasyncioTest {
    /** Lets time pass as it does on the machine's clock: for tests of what cannot be replaced, such as a real service. */
    boolean realTime() default false;
}
