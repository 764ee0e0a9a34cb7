package jasyncio.testkit;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.sleep;
import static jasyncio.testkit.LeftoversTest.assertContains;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jasyncio.sync.Lock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.TestExecutionResult.Status;

/** A check and an act with an await between them: first in, first out never shows it, other schedules do. */
@Timeout(120)
class InterleavingsTest {
    private static final Pattern SEED = Pattern.compile("-Djasyncio\\.seed=(\\d+)");

    static class Race {
        private final Account account = new Account(100);

        /** The second comes two steps after the first, which is through by then: if tasks take turns. */
        @Interleavings(1000)
        void balance_staysAboveZero() {
            await(gather(() -> account.withdraw(70), () -> {
                sleep(ZERO);
                return account.withdraw(70);
            }));
            assertTrue(account.balance() >= 0, () -> "balance " + account.balance());
        }
    }

    static class RaceInTheUsualOrder {
        @JasyncioTest
        void balance_staysAboveZero() {
            new Race().balance_staysAboveZero();
        }
    }

    static class Locked {
        private static int schedules;
        private final Account account = new Account(100);
        private final Lock lock = new Lock();

        @JasyncioTest
        @Interleavings(1000)
        void balance_staysAboveZero() {
            schedules++;
            await(gather(this::withdraw, () -> {
                sleep(ZERO);
                return withdraw();
            }));
            assertTrue(account.balance() >= 0, () -> "balance " + account.balance());
        }

        private boolean withdraw() {
            try (var _ = lock.acquire()) {
                return account.withdraw(70);
            }
        }
    }

    @Test
    void usualOrder_neverShowsTheRace() {
        for (int i = 0; i < 20; i++) {
            assertEquals(
                    Status.SUCCESSFUL,
                    Launched.run(RaceInTheUsualOrder.class).getFirst().status());
        }
    }

    @Test
    void explorer_findsTheRaceAndEndsThere() {
        List<Launched.Result> results = Launched.run(Race.class);

        Launched.Result last = results.getLast();
        assertEquals(Status.FAILED, last.status());
        assertTrue(results.size() < 100, () -> "found by schedule " + results.size());
        assertEquals(
                results.size() - 1,
                results.stream().filter(r -> r.status() == Status.SUCCESSFUL).count());
        assertContains(last.message(), "Failed under the schedule of seed " + (results.size() - 1) + ": ");
        assertContains(last.message(), "balance -40");
        assertContains(
                last.message(),
                "To repeat it: mvn test '-Dtest=InterleavingsTest$Race#balance_staysAboveZero' -Djasyncio.seed=");
        assertContains(last.message(), "Who ran:\n  1  main\n  2  Task-");
        assertContains(last.failure().getCause().getMessage(), "balance -40");
    }

    @Test
    void seedOfTheMessage_repeatsTheFailureExactly() {
        Launched.Result found = Launched.run(Race.class).getLast();
        Matcher seed = SEED.matcher(found.message());
        assertTrue(seed.find());

        for (int i = 0; i < 3; i++) {
            List<Launched.Result> repeated = Launched.run(Race.class, Long.parseLong(seed.group(1)));

            assertEquals(1, repeated.size());
            assertEquals(
                    withoutNumbersOfTasks(found.message()),
                    withoutNumbersOfTasks(repeated.getFirst().message()));
        }
    }

    @Test
    void programWithALock_passesUnderAllSchedules() {
        Locked.schedules = 0;

        List<Launched.Result> results = Launched.run(Locked.class);

        assertEquals(
                List.of(),
                results.stream().filter(r -> r.status() != Status.SUCCESSFUL).toList());
        assertEquals(1000, Locked.schedules);
    }

    static class RaceFarApart {
        private final Account account = new Account(100);

        @Interleavings(1000)
        void balance_staysAboveZero() {
            await(gather(() -> account.withdraw(70), () -> {
                for (int i = 0; i < 8; i++) {
                    sleep(ZERO);
                }
                return account.withdraw(70);
            }));
            assertTrue(account.balance() >= 0, () -> "balance " + account.balance());
        }
    }

    @Test
    void raceOfTasksFarApart_isFoundToo() {
        assertContains(Launched.run(RaceFarApart.class).getLast().message(), "balance -40");
    }

    static class Numbers {
        @Interleavings(0)
        void test() {}
    }

    @Test
    void noSchedules_isRefused() {
        assertContains(Launched.failureOf(Numbers.class).getMessage(), "@Interleavings(0)");
    }

    static class Wedges {
        @Interleavings(5)
        void test(VirtualClock clock, Schedule schedule) {
            clock.patience(java.time.Duration.ofMillis(20));
            var future = jasyncio.Asyncio.runningLoop().<String>createFuture();
            if (schedule.seed() != 3) {
                createTask(() -> future.setResult("done"));
            }
            assertEquals("done", await(future));
        }
    }

    @Test
    void wedgeUnderASchedule_namesTheSeed() {
        Throwable failure = Launched.failureOf(Wedges.class);

        assertContains(
                failure.getMessage(),
                "Failed under the schedule of seed 3: jasyncio.testkit.WedgedError: The test cannot go on");
        assertSame(WedgedError.class, failure.getCause().getClass());
    }

    /** Names such as Task-17 count the tasks of the whole JVM. */
    private static String withoutNumbersOfTasks(String text) {
        return text.replaceAll("Task-\\d+", "Task");
    }
}
