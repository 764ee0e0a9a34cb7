package jasyncio;

import jasyncio.coroutine.Backend;
import jasyncio.coroutine.CoroutineThread;
import jasyncio.coroutine.Host;
import jasyncio.spi.Clock;
import jasyncio.spi.Poller;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The machine behind an {@link EventLoop}: polls, appends what is due, runs what was ready, and steps coroutines.
 *
 * <p><em>Overview.</em> One iteration is: poll I/O, append what other threads handed over, append the timers that are due, then run exactly
 * the entries that the ready queue held at that point, first in, first out. A task is stepped in place, which is one hop from its wakeup.
 *
 * <p>The bare loop thread runs no user code. A user's callback goes to a {@link CallbackRunner}, a coroutine that takes a whole streak of
 * callbacks while it is mounted and is left behind if one of them blocks.
 *
 * <p>An eager start cannot mount the child on top of its parent. The parent leaves the child in {@code eager} and suspends; whoever stepped
 * the parent steps the child and then the parent again, before anything else. A {@link Segment} is entered and left the same way: who
 * wants another coroutine to go on in its place leaves that in {@code next} and suspends.
 *
 * <table>
 * <caption>Fields that more than one thread touches</caption>
 * <tr><th>field</th><th>written by</th><th>read by</th><th>safe because</th></tr>
 * <tr><td>{@code inbox}</td><td>any thread</td><td>the loop</td><td>see {@link Inbox}</td></tr>
 * <tr><td>{@code loopThread}</td><td>the loop</td><td>any thread</td><td>volatile; null while the loop does not run</td></tr>
 * <tr><td>{@code mounted}, {@code turn}</td><td>the loop</td><td>watchdog, SIGINT</td><td>plain: a stale value only delays a report, and each step passes a
 * volatile write of the JDK's</td></tr>
 * <tr><td>{@code mounted}</td><td>the loop</td><td>any thread, in {@code checkAccess}</td><td>plain: a thread that finds itself there is the one
 * that the loop runs, however stale; any other value decides nothing</td></tr>
 * </table>
 */
final class Kernel implements Host {
    /** The longest wait in one poll: a day. */
    private static final long MAX_WAIT = 24L * 3600 * 1_000_000_000;

    final EventLoop loop;
    final LoopTime time;
    final ReadyQueue ready = new ReadyQueue();
    final HeapTimers timers = new HeapTimers();
    final TaskRegistry tasks = new TaskRegistry();
    final FailureWatch failures = new FailureWatch();
    final Segments segments = new Segments(this);

    private final Backend backend = Backend.chosen();
    private final Backend.Group group;

    private final Inbox inbox;
    private final ThreadInterrupts interrupts;
    private volatile @Nullable Thread loopThread;
    private @Nullable CoroutineThread mounted;

    /** Counts entries run: the watchdog sees whether the loop moves. */
    private long turn;

    /** The turn in which the watchdog found the loop stuck, so that a thread dump does not wait for it. */
    volatile long stuckTurn = -1;

    private final CallbackRunners runners = new CallbackRunners(this);
    private @Nullable Task<?> eager;

    /** Who goes on, before anything else, in the place of the coroutine that is about to suspend or end. */
    private @Nullable CoroutineThread next;

    /** How many entries of this iteration's snapshot are left. */
    private int remaining;

    /** Null unless a test wants another order than first in, first out. */
    private final @Nullable PickedOrder picked;

    /** Null if time passes by itself. */
    final @Nullable OutsideWork outside;

    boolean stopping;

    /** What the caller of {@code run*()} waits for if the loop runs on a thread of its own. */
    private CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

    /** What {@code runUntilComplete} waits for, if the loop runs for that. */
    @Nullable
    Future<?> main;

    private @Nullable Throwable fatal;
    final SlowCallbacks slow;

    Kernel(EventLoop loop, EventLoop.Setup setup) {
        this.loop = loop;
        this.time = new LoopTime(setup.clock);
        this.inbox = new Inbox(setup.poller);
        this.interrupts = new ThreadInterrupts(loop);
        this.picked = setup.picker == null ? null : new PickedOrder(setup.picker, ready);
        this.outside = setup.clock == Clock.SYSTEM ? null : new OutsideWork();
        this.slow = new SlowCallbacks(this);
        this.group = backend.newGroup(setup.name, () -> Standstill.threadsOf(this));
    }

    // ---- running

    /** Runs until {@link #stopping}. What a KeyboardInterrupt in a task or callback throws is thrown here. */
    void runForever() {
        end = new CompletableFuture<>();
        backend.runLoop(loop.name(), this::runHere, end);
    }

    private void runHere() {
        loopThread = Thread.currentThread();
        Watchdog.add(this);
        interrupts.begin();
        try {
            do {
                runOnce();
            } while (!stopping && fatal == null);
        } finally {
            interrupts.end();
            stopping = false;
            Watchdog.remove(this);
            loopThread = null;
            letExitGoOn();
        }
        if (fatal != null) {
            Throwable e = fatal;
            fatal = null;
            throw Rethrow.unchecked(e);
        }
    }

    /** A coroutine that ends the JVM may have been told to go on too late for this run, see {@link #unblocked}. */
    private void letExitGoOn() {
        for (int i = 0; i < ready.size(); i++) {
            if (ready.get(i) instanceof CoroutineThread blocked) {
                JvmExit.goOn(blocked);
            }
        }
        inbox.forEach(entry -> {
            if (entry instanceof CoroutineThread blocked) {
                JvmExit.goOn(blocked);
            }
        });
    }

    private void runOnce() {
        timers.prune();
        pollFor(waitTime());
        appendExternal();
        appendDueTimers();
        loop.reportLost();
        remaining = ready.size();
        while (remaining > 0) {
            Object entry = picked == null ? ready.remove() : ready.remove(picked.next(ready.size()));
            remaining--;
            turn++;
            run(entry);
            if (fatal != null) {
                break;
            }
        }
    }

    private long waitTime() {
        if (!ready.isEmpty() || stopping) {
            return 0;
        }
        if (timers.size() == 0) {
            return -1;
        }
        return Math.clamp(timers.firstDeadline() - time.now(), 0, MAX_WAIT);
    }

    private void pollFor(long nanos) {
        if (nanos == 0) {
            inbox.poller().poll(0);
            return;
        }
        inbox.sleep(nanos);
        interrupts.afterWait();
    }

    private void appendExternal() {
        Object entry;
        while ((entry = inbox.poll()) != null) {
            ready.add(entry);
        }
    }

    private void appendDueTimers() {
        if (timers.size() > 0) {
            long now = time.now();
            Timer due;
            while ((due = timers.pollDue(now)) != null) {
                ready.add(due);
            }
        }
    }

    private void run(Object entry) {
        if (slow.enabled()) {
            slow.run(entry);
        } else {
            runEntry(entry);
        }
    }

    void runEntry(Object entry) {
        if (entry instanceof Task<?> task) {
            stepTask(task);
        } else if (entry instanceof Handle handle) {
            if (!handle.cancelled()) {
                runOnRunner(handle);
            }
        } else if (entry instanceof LibraryCallback callback) {
            try {
                callback.run();
            } catch (Throwable e) { // as CPython: no callback ends the loop
                loop.callExceptionHandler(
                        new EventLoop.Failure("Exception in callback " + Describe.body(callback), e, null));
            }
        } else if (entry instanceof CoroutineThread blocked) {
            continueBlocked(blocked);
        }
    }

    // ---- coroutines

    private void stepTask(Task<?> task) {
        CoroutineThread thread = task.threadToStep(this);
        if (thread != null) {
            step(thread);
        }
    }

    CoroutineThread newThread(Object owner) {
        return backend.newThread(this, owner, group);
    }

    private void step(CoroutineThread thread) {
        mounted = thread;
        thread.step();
        mounted = null;
        afterStep(thread);
    }

    private void continueBlocked(CoroutineThread thread) {
        mounted = thread;
        thread.resume();
        mounted = null;
        afterStep(thread);
    }

    /** Steps the child that {@code stepped} wanted to start eagerly and then that again, or who is to go on in its place; and so on. */
    private void afterStep(CoroutineThread stepped) {
        CoroutineThread thread = stepped;
        while (eager != null || next != null) {
            Task<?> child = eager;
            if (child != null) {
                eager = null;
                stepTask(child);
            } else {
                noteStep(thread);
                thread = Objects.requireNonNull(next);
                next = null;
            }
            mounted = thread;
            thread.step();
            mounted = null;
        }
        noteStep(thread);
    }

    private void noteStep(CoroutineThread thread) {
        if (outside != null) {
            outside.afterStep(thread);
        }
    }

    /** Runs the first step of {@code child} now, before its caller goes on. Called on a coroutine of this loop. */
    void startEagerly(Task<?> child, CoroutineThread caller) {
        eager = child;
        try {
            caller.suspend();
        } finally {
            eager = null;
        }
    }

    /** Lets {@code next} go on in the place of its caller, until that is stepped again. Called on a coroutine of this loop. */
    void switchTo(CoroutineThread next, CoroutineThread caller) {
        this.next = next;
        try {
            caller.suspend();
        } catch (Throwable e) { // it could not suspend
            this.next = null;
            throw e;
        }
    }

    /** Lets {@code next} go on when its caller ends. Called on a coroutine of this loop. */
    void endWith(CoroutineThread next) {
        this.next = next;
    }

    @Override
    public void runBody(Object owner) {
        switch (owner) {
            case Task<?> task -> task.runBody();
            case Segment segment -> segment.runBody();
            case CallbackRunner runner -> runner.runCallbacks();
            default -> throw new IllegalStateException("Unknown owner " + owner + " (please report)");
        }
    }

    @Override
    public @Nullable String threadName(Object owner) {
        return switch (owner) {
            case Task<?> task -> task.givenName();
            case Segment _ -> Segment.THREAD_NAME;
            default -> "callbacks of " + loop.name();
        };
    }

    @Override
    public void unblocked(CoroutineThread thread) {
        if (onLoop()) {
            ready.add(thread);
        } else {
            addExternal(thread);
            if (loopThread == null) { // after the entry was added: the loop, at its end, looks the other way round
                JvmExit.goOn(thread);
            }
        }
    }

    // ---- user callbacks

    private void runOnRunner(Handle handle) {
        CallbackRunner runner = runners.activate();
        step(runner.threadFor(handle));
        runners.deactivate(runner); // it may have blocked in a callback: then it is left behind
    }

    /** Returns the next entry of this iteration if it is a callback too and {@code runner} still has the turn, else null. */
    @Nullable
    Handle nextForStreak(CallbackRunner runner) {
        if (!runners.active(runner) || fatal != null || slow.enabled() || picked != null) {
            return null;
        }
        while (remaining > 0 && ready.peek() instanceof Handle handle) {
            ready.remove();
            remaining--;
            turn++;
            if (!handle.cancelled()) {
                return handle;
            }
        }
        return null;
    }

    /** Takes a runner back that has nothing to run; returns false if there are enough and it may end. */
    boolean idle(CallbackRunner runner) {
        return runners.idle(runner);
    }

    /** Runs user code now: here, but on a runner if the caller is the bare loop thread. */
    void asUser(Runnable code) {
        if (Thread.currentThread() == loopThread && CoroutineThread.current() == null) {
            int streak = remaining;
            remaining = 0; // the library callback that asks for this is not over: no other callback may come first
            runOnRunner(new Handle(code, Context.empty()));
            remaining = streak;
        } else {
            code.run();
        }
    }

    // ---- from other threads

    /** Adds an entry from any thread and wakes the loop. */
    void addExternal(Object entry) {
        inbox.add(entry);
    }

    /** Takes an entry back that {@link #addExternal} added and nobody has taken out; for a loop that was closed meanwhile. */
    boolean takeBack(Object entry) {
        return inbox.remove(entry);
    }

    /** Returns the threads of this loop's coroutines; consistent only while it stands still. */
    Stream<Thread> threads() {
        return Stream.of(
                        tasks.live().stream().flatMap(task -> task.threads().stream()),
                        segments.pausedThreads(),
                        runners.all().stream().map(CallbackRunner::thread))
                .flatMap(threads -> threads)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull);
    }

    /** Returns the poller if it is a {@code type}; else, if the loop was created without one, replaces it. */
    <P extends Poller> P poller(Class<P> type, Supplier<? extends P> create) {
        Poller poller = inbox.poller();
        if (type.isInstance(poller)) {
            return type.cast(poller);
        }
        if (!(poller instanceof ParkingPoller)) {
            throw new IllegalStateException("Cannot use sockets on " + loop + ": it was created with the poller "
                    + poller.getClass().getName() + ", which does not wait for them");
        }
        P created = create.get();
        inbox.replace(created);
        return created;
    }

    boolean running() {
        return loopThread != null;
    }

    @Nullable
    Thread loopThread() {
        return loopThread;
    }

    @Nullable
    CoroutineThread mounted() {
        return mounted;
    }

    long turn() {
        return turn;
    }

    boolean waiting() {
        return inbox.awaited();
    }

    Backend backend() {
        return backend;
    }

    /** Tells whether the caller is the loop's thread or one of its coroutines. */
    boolean onLoop() {
        CoroutineThread coroutine = CoroutineThread.current();
        return coroutine != null ? coroutine.host() == this : Thread.currentThread() == loopThread;
    }

    /** Refuses a caller on another loop or thread while this loop runs. */
    void checkAccess(Object what) {
        if (current() == null) { // usually that settles it
            checkAccessOf(CoroutineThread.current(), what);
        }
    }

    /** Returns the coroutine of this loop that the caller runs on; null if there is none, and where another one only looks mounted. */
    @Nullable
    CoroutineThread current() {
        CoroutineThread stepped = mounted;
        return stepped != null && stepped.thread() == Thread.currentThread() ? stepped : null;
    }

    private void checkAccessOf(@Nullable CoroutineThread coroutine, Object what) {
        if (coroutine == null || coroutine.host() != this) {
            Thread running = loopThread;
            if (running != null && running != Thread.currentThread()) {
                String belongs = what == loop ? "it" : "it belongs to " + loop + ", which";
                throw new IllegalStateException(
                        "Cannot use " + what + " on " + Thread.currentThread() + ": " + belongs
                                + " runs on another thread; go through loop.callSoonThreadsafe(…) or runCoroutineThreadsafe(loop, …)");
            }
        }
    }

    /** Ends {@code run*()} with this after the current entry. */
    void fail(Throwable fatal) {
        this.fatal = fatal;
    }

    /** Makes {@code run*()} fail from the watchdog's thread: what blocks is interrupted, and who waits for the loop's end waits no longer. */
    void stall(LoopStalledException stalled) {
        addExternal((LibraryCallback) () -> fail(stalled));
        CoroutineThread blocked = mounted;
        if (blocked != null) {
            blocked.interrupt();
        }
        end.completeExceptionally(stalled);
    }

    void close() {
        ready.clear();
        timers.clear();
        inbox.close();
        try {
            inbox.poller().close();
        } finally {
            segments.close();
            runners.close();
            group.close();
        }
    }
}
