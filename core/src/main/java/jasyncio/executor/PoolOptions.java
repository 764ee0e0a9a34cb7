package jasyncio.executor;

import java.io.ObjectInputFilter;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of one pool: written while it is created, only read afterwards. */
final class PoolOptions implements ProcessPoolExecutor.Options {
    final List<String> flags = new ArrayList<>();
    int maxTasksPerChild = Integer.MAX_VALUE;
    ProcessPoolExecutor.@Nullable Init initializer;

    @Nullable
    String filter;

    @Nullable
    ObjectInputFilter resultFilter;

    Redirect output = Redirect.INHERIT;

    @Override
    public ProcessPoolExecutor.Options jvmFlags(String... flags) {
        this.flags.addAll(List.of(flags));
        return this;
    }

    @Override
    public ProcessPoolExecutor.Options maxHeap(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException(
                    "A child needs a heap of at least some megabytes, and not " + bytes + " bytes");
        }
        return jvmFlags("-Xmx" + bytes);
    }

    @Override
    public ProcessPoolExecutor.Options maxTasksPerChild(int tasks) {
        if (tasks < 1) {
            throw new IllegalArgumentException("A child runs at least one task, and not " + tasks);
        }
        maxTasksPerChild = tasks;
        return this;
    }

    @Override
    public ProcessPoolExecutor.Options initializer(ProcessPoolExecutor.Init initializer) {
        this.initializer = initializer;
        return this;
    }

    @Override
    public ProcessPoolExecutor.Options filter(String pattern) {
        resultFilter = Codec.filter(pattern); // which refuses one that is malformed
        filter = pattern;
        return this;
    }

    @Override
    public ProcessPoolExecutor.Options resultFilter(ObjectInputFilter filter) {
        resultFilter = filter;
        return this;
    }

    @Override
    public ProcessPoolExecutor.Options output(Redirect destination) {
        output = destination;
        return this;
    }

    /** What each child gets first. */
    Wire.Payload setup() throws java.io.IOException {
        return Codec.write(new Setup(
                filter, initializer == null ? null : Codec.write(initializer).toByteArray()));
    }
}
