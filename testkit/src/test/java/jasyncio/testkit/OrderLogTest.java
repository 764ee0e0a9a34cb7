package jasyncio.testkit;

import static jasyncio.testkit.LeftoversTest.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OrderLogTest {
    private final OrderLog log = new OrderLog();

    @Test
    void placesInOrder_pass() {
        log.expect(1);
        log.expect(2);
        log.finish(3);
        log.verify();
    }

    @Test
    void emptyLog_passes() {
        log.verify();
    }

    @Test
    void placeOutOfTurn_saysWhatWasDueAndWhatCame() {
        log.expect(1);

        String message = assertThrows(AssertionError.class, () -> log.expect(3)).getMessage();

        assertTrue(
                message.matches(
                        "Expected to come to 2 next, but came to 3 at OrderLogTest\\.java:\\d+; before that came\n"
                                + "  1 at OrderLogTest\\.java:\\d+"),
                message);
    }

    @Test
    void firstPlaceOutOfTurn_saysThatNothingCameBefore() {
        assertContains(assertThrows(AssertionError.class, () -> log.finish(2)).getMessage(), "nothing came before");
    }

    @Test
    void placeAfterTheEnd_isRefused() {
        log.finish(1);

        assertContains(assertThrows(AssertionError.class, () -> log.expect(2)).getMessage(), "after the end");
    }

    @Test
    void endThatIsNotReached_isReported() {
        log.expect(1);

        assertContains(
                assertThrows(AssertionError.class, log::verify).getMessage(),
                "ended after 1 and did not come to finish");
    }

    @JasyncioTest
    void placeInATask_isNamedByTheTask(OrderLog own) {
        own.expect(1);
        String message = assertThrows(AssertionError.class, () -> own.expect(1)).getMessage();

        assertContains(message, "in task 'main'");
        own.finish(2);
        assertEquals(1, message.lines().skip(1).count());
    }
}
