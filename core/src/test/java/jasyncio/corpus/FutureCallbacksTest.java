package jasyncio.corpus;

import static jasyncio.Asyncio.sleep;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import jasyncio.Future;
import jasyncio.testing.VirtualLoop;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FutureCallbacksTest {

    /** A future with three callbacks that log their names. */
    private static final class Three {
        final VirtualLoop v;
        final Future<String> future;
        final Consumer<Future<String>> a;
        final Consumer<Future<String>> b;
        final Consumer<Future<String>> c;

        Three(VirtualLoop v) {
            this.v = v;
            future = v.future();
            a = _ -> v.log("a");
            b = _ -> v.log("b");
            c = _ -> v.log("c");
            List.of(a, b, c).forEach(future::addDoneCallback);
        }

        List<String> afterCompletion() {
            assertEquals(List.of(), v.log());
            future.setResult("value");
            sleep(ZERO);
            assertEquals("value", future.result());
            return v.log();
        }
    }

    @Test
    void removeDoneCallback_ofTheFirst_leavesTheOthers() {
        virtually(v -> {
            var three = new Three(v);
            assertEquals(1, three.future.removeDoneCallback(three.a));
            assertEquals(0, three.future.removeDoneCallback(three.a));
            assertEquals(List.of("b", "c"), three.afterCompletion());
        });
    }

    @Test
    void removeDoneCallback_ofTheFirstAndSecond_leavesTheThird() {
        virtually(v -> {
            var three = new Three(v);
            assertEquals(1, three.future.removeDoneCallback(three.a));
            assertEquals(1, three.future.removeDoneCallback(three.b));
            assertEquals(0, three.future.removeDoneCallback(three.a));
            assertEquals(List.of("c"), three.afterCompletion());
        });
    }

    @Test
    void removeDoneCallback_ofTheThird_leavesTheOthers() {
        virtually(v -> {
            var three = new Three(v);
            assertEquals(1, three.future.removeDoneCallback(three.c));
            assertEquals(0, three.future.removeDoneCallback(three.c));
            assertEquals(List.of("a", "b"), three.afterCompletion());
        });
    }

    @Test
    void removeDoneCallback_ofOneAddedManyTimes_countsThem() {
        virtually(v -> {
            var three = new Three(v);
            assertEquals(1, three.future.removeDoneCallback(three.b));
            assertEquals(0, three.future.removeDoneCallback(_ -> v.log("never added")));
            three.future.addDoneCallback(three.b);
            for (int i = 0; i < 5; i++) {
                three.future.addDoneCallback(three.a);
            }
            assertEquals(6, three.future.removeDoneCallback(three.a));
            assertEquals(List.of("c", "b"), three.afterCompletion());
        });
    }

    @Test
    void doneCallback_ofAFutureThatFails_runs() {
        virtually(v -> {
            Future<String> future = v.future();
            future.addDoneCallback(_ -> v.log("callback"));
            var failure = new IOException("broken");
            future.setException(failure);
            assertEquals(List.of(), v.log());
            sleep(ZERO);
            assertEquals(List.of("callback"), v.log());
            assertSame(failure, future.exception());
        });
    }

    @Test
    void removeDoneCallback_byACallbackThatRuns_comesTooLate() {
        virtually(v -> {
            Future<String> future = v.future();
            Consumer<Future<String>> late = _ -> v.log("late");
            future.addDoneCallback(f -> v.log("removed " + f.removeDoneCallback(late)));
            future.addDoneCallback(late);
            future.addDoneCallback(late);
            future.setResult("value");
            sleep(ZERO);
            assertEquals(List.of("removed 0", "late", "late"), v.log());
        });
    }

    /** A callback whose {@code equals} does something to the future, the first time it is asked, before it says no. */
    private static final class Meddling implements Consumer<Future<String>> {
        private final Runnable meddle;
        private boolean asked;

        Meddling(Runnable meddle) {
            this.meddle = meddle;
        }

        @Override
        public void accept(Future<String> future) {}

        @Override
        public boolean equals(Object other) {
            if (!asked) {
                asked = true;
                meddle.run();
            }
            return false;
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }

    @Test
    void removeDoneCallback_whileEqualsRemovesCallbacks_removesWhatIsAskedFor() {
        virtually(v -> {
            var three = new Three(v);
            three.future.addDoneCallback(new Meddling(() -> three.future.removeDoneCallback(three.a)));
            assertEquals(1, three.future.removeDoneCallback(three.b));
            assertEquals(List.of("c"), three.afterCompletion());
        });
    }

    @Test
    void removeDoneCallback_whileEqualsRemovesAllCallbacks_leavesNone() {
        virtually(v -> {
            var three = new Three(v);
            three.future.addDoneCallback(new Meddling(() -> {
                three.future.removeDoneCallback(three.a);
                three.future.removeDoneCallback(three.b);
                three.future.removeDoneCallback(three.c);
            }));
            assertEquals(0, three.future.removeDoneCallback(_ -> v.log("never added")));
            assertEquals(List.of(), three.afterCompletion());
        });
    }

    @Test
    void removeDoneCallback_whileEqualsAddsCallbacks_endsAndKeepsThem() {
        virtually(v -> {
            var three = new Three(v);
            three.future.addDoneCallback(new Meddling(() -> three.future.addDoneCallback(_ -> v.log("added"))));
            assertEquals(1, three.future.removeDoneCallback(three.b));
            assertEquals(List.of("a", "c", "added"), three.afterCompletion());
        });
    }
}
