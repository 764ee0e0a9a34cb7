package jasyncio.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

/** What a reader throws can be sent to another machine. */
class SerializedExceptionsTest {

    private static <E extends IOException> E copy(E exception, Class<E> type) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(exception);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return type.cast(in.readObject());
        }
    }

    @Test
    void incompleteRead_keepsWhatWasReadAndExpected() throws Exception {
        var copy = copy(new IncompleteReadException("abc".getBytes(UTF_8), 10), IncompleteReadException.class);
        assertEquals("The stream ended after 3 bytes of 10 expected", copy.getMessage());
        assertArrayEquals("abc".getBytes(UTF_8), copy.partial());
        assertEquals(10, copy.expected());
    }

    @Test
    void limitOverrun_keepsHowMuchMayBeRead() throws Exception {
        var copy = copy(new LimitOverrunException("message", 10), LimitOverrunException.class);
        assertEquals("message", copy.getMessage());
        assertEquals(10, copy.consumed());
    }
}
