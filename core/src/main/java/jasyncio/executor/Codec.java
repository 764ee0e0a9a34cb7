package jasyncio.executor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Objects as bytes and back, with the classes of the program and under a filter. Thread-safe. */
final class Codec {
    private final @Nullable ObjectInputFilter filter;

    /** The program's classes by name, so that each is looked for once. All threads that read see the same ones. */
    private final Map<String, Class<?>> classes = new ConcurrentHashMap<>();

    /**
     * @param filter for what is read, in addition to the filter of the whole JVM; or null
     */
    Codec(@Nullable ObjectInputFilter filter) {
        this.filter = filter;
    }

    static @Nullable ObjectInputFilter filter(@Nullable String pattern) {
        return pattern == null ? null : ObjectInputFilter.Config.createFilter(pattern);
    }

    static Wire.Payload write(@Nullable Object value) throws IOException {
        var payload = new Wire.Payload();
        try (var out = new ObjectOutputStream(payload)) {
            out.writeObject(value);
        }
        return payload;
    }

    @Nullable
    Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        return read(bytes, 0);
    }

    @Nullable
    Object read(byte[] bytes, int from) throws IOException, ClassNotFoundException {
        try (var in = new Reader(new ByteArrayInputStream(bytes, from, bytes.length - from))) {
            if (filter != null) {
                in.setObjectInputFilter(filter);
            }
            return in.readObject();
        }
    }

    /** Finds the program's classes where the thread does, and not from this library's place, which may not see them. */
    private final class Reader extends ObjectInputStream {
        Reader(InputStream in) throws IOException {
            super(in);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            Class<?> known = classes.get(description.getName());
            if (known != null) {
                return known;
            }
            Class<?> found = find(description);
            classes.put(description.getName(), found);
            return found;
        }

        private Class<?> find(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            if (loader == null) {
                return super.resolveClass(description);
            }
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description); // a primitive type, or a class of this library's own loader
            }
        }
    }
}
