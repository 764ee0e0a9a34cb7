package jasyncio.executor;

import java.io.ObjectInputFilter;
import java.io.Serializable;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs in child JVMs, each in the one that is free: for what may crash, leak, or run out of memory without taking the program along.
 *
 * {@snippet :
 * try (var pool = new ProcessPoolExecutor(2, o -> o.maxHeap(64 << 20))) {
 *     run(() -> {
 *         println(await(pool.submit(() -> parse(document))));
 *     });
 * }
 * }
 *
 * <p>Children have the class path, module path and JVM flags of this JVM. They start with the first jobs that find no idle one, and are kept;
 * they end with the pool, and with this JVM even if that is killed. What they print appears where this JVM prints.
 *
 * <p>A job is a copy: it, and whatever it refers to, is serialized when it is submitted, and its result on the way back. A lambda is
 * serializable where a {@link Job}, {@link Init} or {@link Mapping} is asked for; it should call static methods, since an instance method
 * takes its object along. What a job throws comes back as it is, with the stack trace of the child and a {@link RemoteTraceback} among its
 * suppressed exceptions; or as a {@link RemoteJobException} if it cannot be serialized. What cannot be serialized or read fails the future.
 *
 * <p>Futures are completed by the pool's threads, one for each child, so none waits for a job; a task awaits them as they are. Cancelling one
 * takes a job that waits out of the queue; with {@code cancel(true)}, as by a task that awaits it, a job that runs is interrupted.
 *
 * <p>A child that dies breaks the pool: see {@link BrokenProcessPoolException}. An {@code OutOfMemoryError} in a job is a failure of that
 * job only, unless the child is told otherwise ({@code -XX:+ExitOnOutOfMemoryError}).
 *
 * <p>No method suspends but those that block a thread by their contract in {@link java.util.concurrent.ExecutorService}; all are
 * thread-safe.
 */
public final class ProcessPoolExecutor extends AbstractExecutorService {
    private static final AtomicInteger POOLS = new AtomicInteger();

    private final int maxChildren;
    private final PoolOptions options = new PoolOptions();
    private final String name = "process-pool-" + POOLS.incrementAndGet();
    private final @Nullable ClassLoader classes = Thread.currentThread().getContextClassLoader();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition terminated = lock.newCondition();

    // ---- guarded by lock

    private final Deque<PoolJob<?>> queue = new ArrayDeque<>();
    private final Set<Conductor> conductors = new HashSet<>();
    private int idle;
    private int started;
    private boolean stopping;

    /** Children are killed, or are about to be; what they run is not waited for. Written under the lock. */
    private volatile boolean killing;

    private volatile @Nullable BrokenProcessPoolException broken;

    /** A pool of at most {@code maxChildren} children. */
    public ProcessPoolExecutor(int maxChildren) {
        this(maxChildren, options -> options);
    }

    /** The same with options: {@code new ProcessPoolExecutor(4, o -> o.maxTasksPerChild(100))}. */
    public ProcessPoolExecutor(int maxChildren, UnaryOperator<Options> options) {
        if (maxChildren < 1) {
            throw new IllegalArgumentException("A process pool has at least one child, and not " + maxChildren);
        }
        this.maxChildren = maxChildren;
        Objects.requireNonNull(options.apply(this.options), "The options are null; return the object that was given");
    }

    /** A body with a value that can be sent to another process. */
    public interface Job<T extends @Nullable Object> extends Callable<T>, Serializable {}

    /** A body without a value that can be sent to another process. */
    public interface Init extends Runnable, Serializable {}

    /** A function that can be sent to another process. */
    public interface Mapping<A extends @Nullable Object, R extends @Nullable Object> extends Serializable {
        R apply(A item) throws Exception;
    }

    /** What can be chosen for a pool. */
    public interface Options {
        /** JVM flags for the children, after this JVM's own: {@code "-Xmx256m"}, {@code "-XX:+ExitOnOutOfMemoryError"}. */
        Options jvmFlags(String... flags);

        /** The most memory for objects that each child may use, in bytes. */
        Options maxHeap(long bytes);

        /** Replaces a child after so many jobs, at least 1, by a new one. */
        Options maxTasksPerChild(int tasks);

        /** What each child does before its first job. If it throws, the pool is broken. */
        Options initializer(Init initializer);

        /**
         * A filter for what the children read (jobs) and what this process reads from them (results, exceptions), as a pattern of
         * {@link ObjectInputFilter.Config#createFilter}; a lambda needs {@code java.lang.invoke.SerializedLambda},
         * {@code java.lang.Object} and the class it is in. By default every class on the class path is taken, except those that the
         * filter of the whole JVM ({@code -Djdk.serialFilter}) refuses: both sides run the same program, and nobody else can reach the
         * socket between them.
         */
        Options filter(String pattern);

        /** A filter for what this process reads from the children: for those that handle what is not to be trusted. */
        Options resultFilter(ObjectInputFilter filter);

        /** Where what the children print goes; by default where this JVM's does, as its standard output and error were when it started. */
        Options output(Redirect destination);
    }

    /** Runs a job with a value. */
    public <T extends @Nullable Object> CompletableFuture<T> submit(Job<T> job) {
        return enqueue(new PoolJob<T>(job));
    }

    /** Runs a job without a value. */
    public CompletableFuture<@Nullable Void> submit(Init job) {
        return enqueue(new PoolJob<@Nullable Void>(job));
    }

    /** Runs a callable; the future fails if that is not serializable. */
    @Override
    public <T extends @Nullable Object> CompletableFuture<T> submit(Callable<T> job) {
        return enqueue(new PoolJob<T>(job));
    }

    /** Runs a runnable; the future fails if that is not serializable. */
    @Override
    public CompletableFuture<?> submit(Runnable job) {
        return enqueue(new PoolJob<Object>(job));
    }

    /** Runs a runnable; the value stays here. */
    @Override
    public <T extends @Nullable Object> CompletableFuture<T> submit(Runnable job, T value) {
        PoolJob<@Nullable Void> submitted = enqueue(new PoolJob<@Nullable Void>(job));
        return submitted.thenApply(_ -> value);
    }

    /**
     * Runs a job of whose end nobody hears; what it throws goes to the thread's uncaught exception handler.
     *
     * @throws RejectedExecutionException if the job is not serializable, or the pool has been shut down
     */
    @Override
    public void execute(Runnable job) {
        if (job instanceof PoolJob<?> own) {
            var _ = enqueue(own);
        } else if (job instanceof Serializable) {
            var _ = enqueue(new PoolJob<@Nullable Void>(job)).whenComplete((_, e) -> {
                if (e != null) {
                    Thread here = Thread.currentThread();
                    here.getUncaughtExceptionHandler().uncaughtException(here, e);
                }
            });
        } else {
            throw new RejectedExecutionException(
                    "Cannot send " + job
                            + " to another process: it is not serializable; declare the body as a ProcessPoolExecutor.Job, or hand it to submit");
        }
    }

    /** Applies {@code mapping} to each item, one item a job: see {@link #map(Mapping, Iterable, int)}. */
    public <A extends @Nullable Object, R extends @Nullable Object> Stream<R> map(
            Mapping<? super A, ? extends R> mapping, Iterable<? extends A> items) {
        return map(mapping, items, 1);
    }

    /**
     * Applies {@code mapping} to each item in the children, and returns the results in the order of the items, each waited for when the
     * stream comes to it. All jobs are submitted at once. A failure is thrown by the stream as it is, and cancels the jobs that are left, as
     * closing the stream does.
     *
     * @param chunkSize how many items make a job, at least 1: more for short computations
     */
    public <A extends @Nullable Object, R extends @Nullable Object> Stream<R> map(
            Mapping<? super A, ? extends R> mapping, Iterable<? extends A> items, int chunkSize) {
        return stream(new OrderedResults<R>(submitChunks(mapping, items, chunkSize), null));
    }

    /**
     * The same with a limit, which counts from this call on.
     *
     * @throws TimeoutException from the stream, when a result is not there in time
     */
    @SuppressWarnings("RedundantThrows") // so that a catch around the loop over the stream compiles
    public <A extends @Nullable Object, R extends @Nullable Object> Stream<R> map(
            Mapping<? super A, ? extends R> mapping, Iterable<? extends A> items, int chunkSize, Duration timeout)
            throws TimeoutException {
        return stream(new OrderedResults<R>(submitChunks(mapping, items, chunkSize), timeout));
    }

    /**
     * Applies {@code mapping} to each item, and completes the future with all results in the order of the items, or with the first
     * failure, which cancels the jobs that are left, as cancelling the future does: {@code await(pool.mapToList(…))}.
     */
    public <A extends @Nullable Object, R extends @Nullable Object> CompletableFuture<List<R>> mapToList(
            Mapping<? super A, ? extends R> mapping, Iterable<? extends A> items, int chunkSize) {
        List<CompletableFuture<List<R>>> chunks = submitChunks(mapping, items, chunkSize);
        var all = new CompletableFuture<List<R>>();
        chunks.forEach(chunk -> {
            var _ = chunk.exceptionally(e -> {
                all.completeExceptionally(e);
                return List.of();
            });
        });
        var _ = CompletableFuture.allOf(chunks.toArray(CompletableFuture[]::new))
                .thenRun(() -> all.complete(
                        chunks.stream().flatMap(chunk -> chunk.join().stream()).toList()));
        var _ = all.exceptionally(_ -> {
            chunks.forEach(chunk -> chunk.cancel(true));
            return List.of();
        });
        return all;
    }

    private <A extends @Nullable Object, R extends @Nullable Object> List<CompletableFuture<List<R>>> submitChunks(
            Mapping<? super A, ? extends R> mapping, Iterable<? extends A> items, int chunkSize) {
        var futures = new ArrayList<CompletableFuture<List<R>>>();
        for (Chunk<A, R> chunk : Chunk.<A, R>of(mapping, items, chunkSize)) {
            futures.add(submit((Job<List<R>>) chunk));
        }
        return futures;
    }

    private static <R extends @Nullable Object> Stream<R> stream(OrderedResults<R> results) {
        var inOrder = Spliterators.spliteratorUnknownSize(results, Spliterator.ORDERED);
        return StreamSupport.stream(inOrder, false).onClose(results::cancelRest);
    }

    @Override
    protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Callable<T> callable) {
        return new PoolJob<>(callable);
    }

    @Override
    protected <T extends @Nullable Object> RunnableFuture<T> newTaskFor(Runnable runnable, T value) {
        throw new UnsupportedOperationException("submit does not come here (please report)");
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> jobs) throws InterruptedException, ExecutionException {
        return first(jobs).get();
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> jobs, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<T> first = first(jobs);
        try {
            return first.get(timeout, unit);
        } finally {
            first.cancel(true);
        }
    }

    /** The first result, or the last failure; the other jobs are cancelled. */
    private <T> CompletableFuture<T> first(Collection<? extends Callable<T>> jobs) {
        if (jobs.isEmpty()) {
            throw new IllegalArgumentException("There are no jobs to take the first result of");
        }
        var first = new CompletableFuture<T>();
        var left = new AtomicInteger(jobs.size());
        var submitted = jobs.stream().map(this::submit).toList();
        submitted.forEach(each -> {
            var _ = each.whenComplete((value, e) -> {
                if (e == null) {
                    first.complete(value);
                } else if (left.decrementAndGet() == 0) {
                    first.completeExceptionally(e);
                }
            });
        });
        var _ = first.whenComplete((_, _) -> submitted.forEach(each -> each.cancel(true)));
        return first;
    }

    // ---- the queue

    private <T extends @Nullable Object> PoolJob<T> enqueue(PoolJob<T> job) {
        lock.lock();
        try {
            checkOpen();
        } finally {
            lock.unlock();
        }
        job.serialize();
        if (!job.isDone()) {
            lock.lock();
            try {
                checkOpen();
                queue.add(job);
                if (queue.size() > idle && conductors.size() < maxChildren) {
                    startConductor();
                } else {
                    work.signal();
                }
            } finally {
                lock.unlock();
            }
        }
        return job;
    }

    private void checkOpen() {
        BrokenProcessPoolException broken = this.broken;
        if (broken != null) {
            throw broken.forAnother();
        }
        if (stopping) {
            throw new RejectedExecutionException("The process pool has been shut down");
        }
    }

    private void startConductor() {
        var conductor = new Conductor(this, options);
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name(name + "-child-" + ++started)
                .inheritInheritableThreadLocals(false)
                .unstarted(conductor);
        thread.setContextClassLoader(classes);
        conductors.add(conductor);
        thread.start();
    }

    /** Waits for a job; null when there will be none. For conductors. */
    @Nullable
    PoolJob<?> take() {
        lock.lock();
        try {
            idle++;
            while (queue.isEmpty() && !stopping) {
                work.awaitUninterruptibly();
            }
            idle--;
            return queue.poll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a job for a child that has one already, so that it need not wait for the next: a small one, and only if there are more than all
     * children could begin now. For conductors.
     */
    @Nullable
    PoolJob<?> takeAhead() {
        lock.lock();
        try {
            PoolJob<?> first = queue.peek();
            return first != null && first.small() && queue.size() > maxChildren ? queue.remove() : null;
        } finally {
            lock.unlock();
        }
    }

    /** Puts a job back in front that a child has not begun. For conductors. */
    void giveBack(PoolJob<?> job) {
        lock.lock();
        try {
            if (!killing) {
                queue.addFirst(job);
                work.signal();
                return;
            }
        } finally {
            lock.unlock();
        }
        settleLost(job);
    }

    /** For a job that a child was given and will not answer for. */
    void settleLost(PoolJob<?> job) {
        BrokenProcessPoolException broken = this.broken;
        if (broken != null && !job.isDone()) {
            job.completeExceptionally(broken.forAnother());
        } else if (killing) {
            job.cancel(false);
        }
    }

    void ended(Conductor conductor) {
        lock.lock();
        try {
            conductors.remove(conductor);
            terminated.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean killing() {
        return killing;
    }

    /** Fails all that waits and ends all children: once. */
    void broken(Conductor.Obituary obituary, @Nullable Throwable cause) {
        List<PoolJob<?>> lost;
        BrokenProcessPoolException broken;
        lock.lock();
        try {
            if (killing) {
                return;
            }
            broken = obituary.exception(cause);
            this.broken = broken;
            lost = kill();
        } finally {
            lock.unlock();
        }
        lost.forEach(job -> job.completeExceptionally(broken.forAnother()));
    }

    /** Returns what nobody has begun. With the lock held. */
    private List<PoolJob<?>> kill() {
        killing = true;
        stopping = true;
        var left = List.copyOf(queue);
        queue.clear();
        conductors.forEach(Conductor::kill);
        work.signalAll();
        return left;
    }

    // ---- the end

    @Override
    public void shutdown() {
        lock.lock();
        try {
            stopping = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Kills the children. What runs or waits is cancelled; what had not begun is returned, to be run here or elsewhere.
     */
    @Override
    public List<Runnable> shutdownNow() {
        List<PoolJob<?>> left;
        lock.lock();
        try {
            left = kill();
        } finally {
            lock.unlock();
        }
        var waiting = left.stream().filter(job -> !job.isDone()).toList();
        waiting.forEach(job -> job.cancel(false));
        return List.copyOf(waiting);
    }

    @Override
    public boolean isShutdown() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isTerminated() {
        lock.lock();
        try {
            return stopping && conductors.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(timeout);
        lock.lockInterruptibly();
        try {
            while (!(stopping && conductors.isEmpty())) {
                if (left <= 0) {
                    return false;
                }
                left = terminated.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        lock.lock();
        try {
            return "<ProcessPoolExecutor " + name + " children=" + conductors.size() + "/" + maxChildren + " waiting="
                    + queue.size() + (broken != null ? " broken" : stopping ? " shut down" : "") + ">";
        } finally {
            lock.unlock();
        }
    }
}
