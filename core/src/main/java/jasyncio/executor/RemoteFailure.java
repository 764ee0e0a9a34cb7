package jasyncio.executor;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * A failure on its way from a child: as text, and as the object itself if it can be serialized. Its stack trace travels with it.
 *
 * <p>The text comes first, so that it is there even if the object cannot be read.
 */
final class RemoteFailure {
    private RemoteFailure() {}

    static Wire.Payload write(Throwable failure) throws IOException {
        var payload = new Wire.Payload();
        var out = new DataOutputStream(payload);
        writeText(out, failure.getClass().getName());
        writeText(out, message(failure));
        writeText(out, stackTrace(failure));
        try {
            Codec.write(failure).writeTo(out);
        } catch (Exception | LinkageError | StackOverflowError e) {
            // The text has to do.
        }
        return payload;
    }

    /**
     * Returns what was thrown, with a note of where, or a {@link RemoteJobException} in its place.
     *
     * @param where the process and the job
     */
    static Throwable read(byte[] payload, Codec codec, String where) {
        var bytes = new ByteArrayInputStream(payload);
        try {
            var in = new DataInputStream(bytes);
            String type = readText(in);
            String message = readText(in);
            String trace = readText(in);
            try {
                if (bytes.available() > 0
                        && codec.read(payload, payload.length - bytes.available()) instanceof Throwable failure) {
                    failure.addSuppressed(new RemoteTraceback("Thrown in " + where));
                    return failure;
                }
            } catch (Exception | LinkageError | StackOverflowError e) {
                return new RemoteJobException(type, message, where, trace, e);
            }
            return new RemoteJobException(type, message, where, trace, null);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read a failure of " + where + " (please report)", e);
        }
    }

    /** An exception class of the program's may have a getMessage that fails: that must not cost the child. */
    private static String message(Throwable failure) {
        try {
            return String.valueOf(failure.getMessage());
        } catch (RuntimeException | Error odd) {
            return "<whose getMessage failed with " + odd.getClass().getName() + '>';
        }
    }

    private static String stackTrace(Throwable failure) {
        var text = new StringWriter();
        try {
            failure.printStackTrace(new PrintWriter(text));
        } catch (RuntimeException | Error odd) {
            text.append("<whose printStackTrace failed with ")
                    .append(odd.getClass().getName())
                    .append('>');
        }
        return text.toString();
    }

    /** As {@code writeUTF}, but of any length. */
    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
