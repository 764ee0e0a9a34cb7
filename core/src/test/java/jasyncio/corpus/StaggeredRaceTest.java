package jasyncio.corpus;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.currentTask;
import static jasyncio.Asyncio.sleep;
import static jasyncio.Asyncio.staggeredRace;
import static jasyncio.Asyncio.timeout;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.CancelledError;
import jasyncio.ExceptionGroup;
import jasyncio.KeyboardInterrupt;
import jasyncio.Outcome;
import jasyncio.Race;
import jasyncio.Task;
import jasyncio.TaskFactory;
import jasyncio.testing.VirtualLoop;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class StaggeredRaceTest {
    private final IOException failure = new IOException("broken");
    private final IOException other = new IOException("other");

    private static Callable<String> failing(IOException failure) {
        return () -> {
            throw failure;
        };
    }

    /** Sleeps long and takes a second to clean up. */
    private static Callable<String> tidy(VirtualLoop v, String name) {
        return () -> {
            try {
                sleep(ofSeconds(100));
                return name;
            } finally {
                sleep(ofSeconds(1));
                v.log(name + " cleaned up");
            }
        };
    }

    @Test
    void race_withoutBodies_hasNoWinner() {
        virtually(v -> {
            Race<String> race = staggeredRace(List.<Callable<String>>of());
            assertFalse(race.won());
            assertEquals(OptionalInt.empty(), race.winnerIndex());
            assertEquals(List.of(), race.exceptions());
            var e = assertThrows(NoSuchElementException.class, race::result);
            assertEquals("Nobody has won: the race had no bodies; ask won() first", e.getMessage());
        });
    }

    @Test
    void firstBody_thatReturns_winsAndStartsNoOther() {
        virtually(v -> {
            var race = staggeredRace(List.of(() -> "first", () -> "second"));
            assertTrue(race.won());
            assertEquals("first", race.result());
            assertEquals(OptionalInt.of(0), race.winnerIndex());
            assertEquals(List.of(new Outcome.Success<>("first")), race.outcomes());
            assertEquals(Collections.singletonList(null), race.exceptions());
        });
    }

    @Test
    void firstBody_thatFails_leavesItToTheSecond() {
        virtually(v -> {
            var race = staggeredRace(List.of(failing(failure), () -> "second"));
            assertEquals("second", race.result());
            assertEquals(OptionalInt.of(1), race.winnerIndex());
            assertEquals(2, race.exceptions().size());
            assertSame(failure, race.exceptions().getFirst());
            assertNull(race.exceptions().getLast());
        });
    }

    @Test
    void firstBody_thatTakesLongerThanTheDelay_isOvertaken() {
        virtually(v -> {
            var race = staggeredRace(
                    List.of(
                            () -> {
                                sleep(ofSeconds(10));
                                return "first";
                            },
                            () -> "second"),
                    ofMillis(100));
            assertEquals("second", race.result());
            assertEquals(OptionalInt.of(1), race.winnerIndex());
            assertInstanceOf(CancelledError.class, race.exceptions().getFirst());
            assertNull(race.exceptions().getLast());
            assertEquals(ofMillis(100), v.elapsed());
        });
    }

    @Test
    void bodies_thatAllFail_endInAGroupWhenTheResultIsAskedFor() {
        virtually(v -> {
            var race = staggeredRace(List.of(failing(failure), failing(other)), ofSeconds(1));
            assertFalse(race.won());
            assertEquals(OptionalInt.empty(), race.winnerIndex());
            assertEquals(List.of(failure, other), race.exceptions());
            assertEquals(
                    List.of(failure, other),
                    assertThrows(ExceptionGroup.class, race::result).exceptions());
            assertEquals(ZERO, v.elapsed());
        });
    }

    @Test
    void value_thatIsNull_wins() {
        virtually(v -> {
            Race<String> race = staggeredRace(List.of(failing(failure), () -> null));
            assertTrue(race.won());
            assertNull(race.result());
        });
    }

    @Test
    void cancellation_ofTheCaller_waitsForTheCleanupOfEachBody() {
        virtually(v -> {
            var task = createTask(() -> staggeredRace(List.of(tidy(v, "a"), tidy(v, "b"), tidy(v, "c")), ofSeconds(2)));
            sleep(ofSeconds(3));
            task.cancel("why");
            assertEquals(
                    "why", assertThrows(CancelledError.class, () -> await(task)).getMessage());
            assertEquals(List.of("a cleaned up", "b cleaned up"), v.log());
            assertEquals(ofSeconds(4), v.elapsed());
            assertEquals(1, task.cancelling());
        });
    }

    @Test
    void timeout_aroundARace_leavesNoBodyBehind() {
        virtually(v -> {
            assertThrows(
                    TimeoutException.class,
                    () -> timeout(
                            ofSeconds(3), () -> staggeredRace(List.of(tidy(v, "a"), tidy(v, "b")), ofSeconds(1))));
            assertEquals(List.of("a cleaned up", "b cleaned up"), v.log());
            assertEquals(0, currentTask().cancelling());
        });
    }

    @Test
    void loser_thatReturnsAllTheSame_comesTooLate() {
        virtually(v -> {
            Race<String> race = staggeredRace(
                    List.of(
                            () -> {
                                try {
                                    sleep(ofSeconds(10));
                                } catch (CancelledError _) {
                                    sleep(ofSeconds(1));
                                }
                                return "late";
                            },
                            () -> "winner"),
                    ofSeconds(1));
            assertEquals("winner", race.result());
            assertEquals(OptionalInt.of(1), race.winnerIndex());
            assertEquals(new Outcome.Success<>("late"), race.outcomes().getFirst());
        });
    }

    @Test
    void keyboardInterrupt_ofABody_leavesTheLoop() {
        try (var v = new VirtualLoop()) {
            var interrupt = new KeyboardInterrupt();
            Callable<String> body = () -> {
                throw interrupt;
            };
            Task<Race<String>> main = v.loop().createTask(() -> staggeredRace(List.of(body, () -> "second")));
            assertSame(interrupt, assertThrows(KeyboardInterrupt.class, v.loop()::runForever));
            main.cancel();
            assertThrows(CancelledError.class, () -> v.loop().runUntilComplete(main));
        }
    }

    @Test
    void eagerFactory_changesNothingButTheMoment() {
        virtually(v -> {
            v.loop().setTaskFactory(TaskFactory.EAGER);
            var race = staggeredRace(List.of(failing(failure), tidy(v, "slow"), () -> "third"), ofSeconds(1));
            assertEquals("third", race.result());
            assertEquals(OptionalInt.of(2), race.winnerIndex());
            assertEquals(List.of("slow cleaned up"), v.log());
            assertEquals(
                    "now", staggeredRace(List.of(() -> "now", tidy(v, "never"))).result());
        });
    }

    @Test
    void bodyThatIsNull_isRefusedBeforeAnyIsStarted() {
        virtually(v -> {
            List<Callable<String>> bodies = Collections.singletonList(null);
            assertThrows(NullPointerException.class, () -> staggeredRace(bodies));
        });
    }

    @Test
    void race_ofAWinnerThatIsNotThere_isRefused() {
        assertThrows(IndexOutOfBoundsException.class, () -> new Race<String>(OptionalInt.of(0), List.of()));
    }
}
