package jasyncio;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.coroutine;
import static jasyncio.Asyncio.createTask;
import static jasyncio.Asyncio.gather;
import static jasyncio.Asyncio.run;
import static jasyncio.Asyncio.timeout;
import static jasyncio.Asyncio.toThread;
import static jasyncio.testing.VirtualLoop.virtually;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Checked exceptions: declared where a body runs in place, thrown as they are where a handle is in between. */
class SneakyExceptionsTest {
    private final IOException io = new IOException("io");

    private String read() throws IOException {
        throw io;
    }

    private static String query() throws SQLException {
        throw new SQLException("sql");
    }

    @Test
    void checkedException_crossesEveryHandleUndeclared() {
        virtually(v -> {
            Future<String> future = v.future();
            future.setException(io);
            List<Runnable> ways = List.of(
                    () -> await(future),
                    () -> await(createTask(this::read)),
                    () -> await(coroutine(this::read)),
                    () -> await(gather(this::read)),
                    () -> await(Asyncio.shield(this::read)),
                    future::result);
            for (var way : ways) {
                assertSame(io, assertThrows(IOException.class, way::run));
            }
        });
    }

    @Test
    void awaitNamingTheException_letsItBeCaught() {
        virtually(v -> {
            try {
                await(createTask(this::read), IOException.class);
            } catch (IOException e) {
                v.log(e.getMessage());
            }
            try {
                await(coroutine(SneakyExceptionsTest::query), IOException.class, SQLException.class);
            } catch (IOException | SQLException e) {
                v.log(e.getMessage());
            }
            assertEquals(List.of("io", "sql"), v.log());
        });
    }

    @Test
    void awaitNamingAnotherException_throwsTheRealOneAllTheSame() {
        virtually(v -> assertThrows(
                FileNotFoundException.class,
                () -> await(
                        coroutine(() -> {
                            throw new FileNotFoundException();
                        }),
                        SQLException.class)));
    }

    @Test
    void bodiesInPlace_keepTheirTypes() {
        virtually(v -> {
            try {
                timeout(ofSeconds(1), () -> timeout(ofSeconds(2), () -> read()));
            } catch (IOException e) {
                v.log("timeout " + e.getMessage());
            } catch (TimeoutException e) {
                v.log("never");
            }
            try {
                toThread(this::read);
            } catch (IOException e) {
                v.log("toThread " + e.getMessage());
            }
            assertEquals(List.of("timeout io", "toThread io"), v.log());
        });
        try {
            run(this::read);
        } catch (IOException e) {
            assertSame(io, e);
        }
    }

    @Test
    void interruptedException_ofABody_isItsFailureAsItIs() {
        virtually(v -> {
            var interrupted = new InterruptedException("own");
            var task = createTask(() -> {
                throw interrupted;
            });
            assertSame(interrupted, assertThrows(InterruptedException.class, () -> await(task)));
        });
    }

    @Test
    void errors_crossTasksLikeExceptions() {
        virtually(v -> {
            var error = new AssertionError("wrong");
            Task<String> task = createTask(() -> {
                throw error;
            });
            assertSame(error, assertThrows(AssertionError.class, () -> await(task)));
        });
    }
}
