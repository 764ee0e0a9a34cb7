package jasyncio.greenlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** What the recordings do not cover: what Java adds, and what can go wrong underneath. */
class GreenletTest {
    private Greenlet ping;
    private Greenlet pong;

    @Test
    void switchTo_aCheckedExceptionOfTheBody_isThrownAsItIs() {
        var failure = new IOException("body");
        Greenlet greenlet = Greenlet.of(() -> {
            throw failure;
        });
        assertSame(failure, assertThrows(IOException.class, greenlet::switchTo));
    }

    /** The C extension fails here with a TypeError: it passes the exit on without the tuple that arguments come in. */
    @Test
    void throwIn_exitForAnUnstartedChildOfAnUnstartedParent_isTheParentsFirstValue() {
        Greenlet parent = Greenlet.taking(first -> List.of(first));
        Greenlet child = Greenlet.of(() -> {});
        child.setParent(parent);
        var exit = new GreenletExit();
        assertEquals(List.of(exit), child.throwIn(exit));
    }

    @Test
    void switchTo_twoThatSwitchAMillionTimes_needNoStack() {
        ping = Greenlet.of(() -> {
            int count = 0;
            for (int i = 0; i < switches(); i++) {
                count = (int) pong.switchTo(count);
            }
            return count;
        });
        pong = Greenlet.taking(first -> {
            int count = (int) first;
            while (true) {
                count = (int) ping.switchTo(count + 1);
            }
        });
        assertEquals(switches(), ping.switchTo());
    }

    private static int switches() {
        return isPortable() ? 5_000 : 500_000;
    }

    private static boolean isPortable() {
        return "portable".equals(System.getProperty("jasyncio.backend"));
    }

    @Test
    void switchTo_aBodyThatOverflowsTheStack_throwsToItsParentAndTheThreadGoesOn() {
        Greenlet deep = Greenlet.of(() -> recurse(1));
        assertThrows(StackOverflowError.class, deep::switchTo);
        assertTrue(deep.dead());
        assertEquals("fine", Greenlet.of(() -> "fine").switchTo());
    }

    private static int recurse(int depth) {
        return depth < 0 ? depth : recurse(depth + 1) + depth;
    }

    @Test
    void switchTo_fromDeepInsideABody_comesBackToTheSameDepth() {
        Greenlet main = Greenlet.current();
        Greenlet deep = Greenlet.of(() -> sumOfSent(main, 500));
        for (int i = 0; i < 501; i++) {
            assertNull(deep.switchTo(i == 0 ? null : i));
        }
        assertEquals(501 * 500 / 2 + 501, deep.switchTo(501));
    }

    private static int sumOfSent(Greenlet main, int depth) {
        int below = depth == 0 ? 0 : sumOfSent(main, depth - 1);
        return below + (int) main.switchTo();
    }

    private static final class Pinned {
        static final Object VALUE = Holder.main.switchTo();
    }

    private static final class Holder {
        static Greenlet main;
    }

    @Test
    @DisabledIfSystemProperty(
            named = "jasyncio.backend",
            matches = "portable",
            disabledReason = "a thread can wait anywhere")
    void switchTo_inAClassInitialiser_isRefusedAndTheNextOneWorks() {
        Holder.main = Greenlet.current();
        var refusal = new AtomicReference<Throwable>();
        Greenlet greenlet = Greenlet.of(() -> {
            refusal.set(assertThrows(ExceptionInInitializerError.class, () -> assertNull(Pinned.VALUE)));
            return Holder.main.switchTo("went on");
        });
        assertEquals("went on", greenlet.switchTo());
        var cause = assertInstanceOf(GreenletException.class, refusal.get().getCause());
        assertTrue(
                cause.getMessage().startsWith("Cannot switch from <Greenlet@")
                        && cause.getMessage().contains("class initialiser"),
                cause.getMessage());
        assertEquals("end", greenlet.switchTo("end"));
    }

    @Test
    void switchTo_aGreenletOfAnotherThread_saysWhoseItIs() throws InterruptedException {
        Greenlet greenlet = Greenlet.of(() -> {});
        var refusal = new AtomicReference<Throwable>();
        Thread other = Thread.ofPlatform()
                .name("other")
                .start(() -> refusal.set(assertThrows(GreenletException.class, greenlet::switchTo)));
        other.join();
        String message = refusal.get().getMessage();
        assertTrue(message.startsWith("Cannot switch on Thread["), message);
        assertTrue(
                message.contains("other")
                        && message.contains(Thread.currentThread().toString()),
                message);
    }

    @Test
    void end_whenTheUnstartedParentHasMovedToAnotherThread_raisesInMain() throws InterruptedException {
        Greenlet parent = Greenlet.taking(first -> first);
        Greenlet child = Greenlet.of(() -> "lost");
        child.setParent(parent);
        Greenlet main = Greenlet.current();
        Greenlet starter = Greenlet.of(() -> {
            child.switchTo();
        });
        Thread other = Thread.ofPlatform().start(() -> parent.setParent(Greenlet.current()));
        other.join();
        // The child has not started, so it has moved along with its parent.
        assertThrows(GreenletException.class, starter::switchTo);
        child.setParent(main);
        Greenlet started = Greenlet.of(() -> {
            Greenlet.current().setParent(main);
            main.switchTo();
            return "lost";
        });
        started.switchTo();
        Greenlet stepfather = Greenlet.taking(first -> first);
        started.setParent(stepfather);
        Thread third = Thread.ofPlatform().start(() -> stepfather.setParent(Greenlet.current()));
        third.join();
        assertThrows(GreenletException.class, started::switchTo);
        assertTrue(started.dead());
        assertSame(main, Greenlet.current());
    }

    @Test
    void stack_whenSuspended_isThatOfTheBodyWithoutTheMachinery() {
        Greenlet main = Greenlet.current();
        Greenlet greenlet = Greenlet.of(() -> outerCall(main));
        assertEquals(0, greenlet.stack().length);
        greenlet.switchTo();
        List<String> methods = Arrays.stream(greenlet.stack())
                .map(StackTraceElement::getMethodName)
                .toList();
        assertEquals(List.of("innerCall", "outerCall"), methods.subList(0, 2));
        assertTrue(methods.get(2).startsWith("lambda$stack_whenSuspended"), methods::toString);
        assertEquals(3, methods.size(), methods::toString);
        greenlet.switchTo();
        assertEquals(0, greenlet.stack().length);
        assertEquals(0, main.stack().length);
    }

    private static void outerCall(Greenlet main) {
        innerCall(main);
    }

    private static void innerCall(Greenlet main) {
        main.switchTo();
    }

    @Test
    void stack_ofTheCurrentOne_isEmpty() {
        var length = new int[] {-1};
        Greenlet.of(() -> length[0] = Greenlet.current().stack().length).switchTo();
        assertEquals(0, length[0]);
    }

    @Test
    void toString_tellsTheState() {
        Greenlet main = Greenlet.current();
        List<String> states = new ArrayList<>();
        Greenlet greenlet = Greenlet.of(() -> {
            states.add(state(Greenlet.current()));
            states.add(state(main));
            main.switchTo();
        });
        states.add(state(greenlet));
        greenlet.switchTo();
        states.add(state(greenlet));
        greenlet.switchTo();
        states.add(state(greenlet));
        states.add(state(main));
        assertEquals(
                List.of("not started", "current", "main, suspended", "suspended", "dead", "main, current"), states);
    }

    private static String state(Greenlet greenlet) {
        String text = greenlet.toString();
        assertTrue(text.startsWith("<Greenlet@") && text.endsWith(">"), text);
        return text.substring(text.indexOf(' ') + 1, text.length() - 1);
    }

    @Test
    void of_null_isRefused() {
        assertThrows(NullPointerException.class, () -> Greenlet.taking(null));
        assertThrows(NullPointerException.class, () -> Greenlet.current().throwIn(null));
        assertFalse(Greenlet.current().dead());
    }

    /** What is handed over is forgotten: the switchboard keeps nothing alive. */
    @Test
    void arrayHandedOver_isTheVeryOne() {
        int[] sent = {1, 2, 3};
        Greenlet greenlet = Greenlet.taking(first -> first);
        assertArrayEquals(sent, (int[]) greenlet.switchTo(sent));
        assertSame(sent, Greenlet.current().switchTo(sent));
    }
}
