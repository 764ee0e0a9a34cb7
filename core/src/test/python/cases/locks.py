"""Lock: fair, owned by nobody, not handed over."""

import asyncio

from tracing import Failed


async def _take(lock):
    await lock.acquire()


async def _taken_lock():
    lock = asyncio.Lock()
    await lock.acquire()
    return lock


async def _waiters(t, lock, *names):
    """Tasks that wait for the lock by the time this returns."""
    tasks = [asyncio.create_task(t.holder(name, lock, 1)) for name in names]
    await asyncio.sleep(0)
    return tasks


async def lock_free_one_is_taken_without_yielding(t):
    t.ticks(1)
    lock = asyncio.Lock()
    t.call("locked", lock.locked)
    await lock.acquire()
    t.call("locked", lock.locked)
    lock.release()
    t.call("locked", lock.locked)


async def lock_first_come_first_served(t):
    lock = asyncio.Lock()
    await asyncio.gather(*(t.holder(name, lock, 1) for name in "abcd"))
    t.call("locked", lock.locked)


async def lock_wake_latency(t):
    lock = await _taken_lock()
    (a,) = await _waiters(t, lock, "a")
    t.ticks(4)
    lock.release()
    t.log("released")
    await a


async def lock_release_does_not_hand_over(t):
    lock = await _taken_lock()
    a, b = await _waiters(t, lock, "a", "b")
    lock.release()
    t.call("locked before the waiter's step", lock.locked)
    await asyncio.sleep(0)
    t.call("locked after it", lock.locked)
    await asyncio.gather(a, b)


async def lock_newcomer_queues_behind_the_woken(t):
    lock = await _taken_lock()
    a, b = await _waiters(t, lock, "a", "b")
    lock.release()
    t.call("locked", lock.locked)
    await t.holder("newcomer", lock, 1)
    await asyncio.gather(a, b)


async def lock_newcomer_may_pass_the_cancelled(t):
    lock = await _taken_lock()
    a, b = await _waiters(t, lock, "a", "b")
    a.cancel()
    b.cancel()
    lock.release()
    t.ticks(2)
    await t.holder("newcomer", lock, 1)
    await t.attempt("a", a)
    await t.attempt("b", b)


async def lock_waiter_cancelled_before_its_turn(t):
    lock = await _taken_lock()
    a, b, c = await _waiters(t, lock, "a", "b", "c")
    b.cancel("b")
    await t.attempt("b", b)
    lock.release()
    await asyncio.gather(a, c)


async def lock_waiter_cancelled_then_released(t):
    """The wake finds the cancelled one first; that one passes it on."""
    lock = await _taken_lock()
    a, b = await _waiters(t, lock, "a", "b")
    t.ticks(4)
    a.cancel("a")
    lock.release()
    t.call("locked", lock.locked)
    await t.attempt("a", a)
    await b


async def lock_cancelled_after_wake_passes_it_on(t):
    lock = await _taken_lock()
    a, b = await _waiters(t, lock, "a", "b")
    t.ticks(4)
    lock.release()
    a.cancel("a")
    await t.attempt("a", a)
    t.call("locked", lock.locked)
    await b


async def lock_several_cancelled_after_wake(t):
    lock = await _taken_lock()
    a, b, c, d = await _waiters(t, lock, "a", "b", "c", "d")
    t.ticks(5)
    lock.release()
    for task in (a, b, c):
        task.cancel()
    await t.attempt("d", d)
    for task in (a, b, c):
        t.outcome("other", task)


async def lock_cancelled_after_wake_with_nobody_else(t):
    lock = await _taken_lock()
    (a,) = await _waiters(t, lock, "a")
    lock.release()
    a.cancel()
    await t.attempt("a", a)
    t.call("locked", lock.locked)
    await _take(lock)
    t.call("locked", lock.locked)


async def lock_cancelled_waiter_leaves_a_held_lock_alone(t):
    lock = await _taken_lock()
    a, b = await _waiters(t, lock, "a", "b")
    a.cancel()
    await t.attempt("a", a)
    t.call("locked", lock.locked)
    t.outcome("b", b)
    lock.release()
    await b


async def lock_holder_cancelled(t):
    lock = asyncio.Lock()
    a, b = await _waiters(t, lock, "a", "b")
    a.cancel("a")
    await t.attempt("a", a)
    await b


async def lock_holder_fails(t):
    async def failing():
        async with lock:
            await t.failing("a", 1)

    lock = asyncio.Lock()
    a = asyncio.create_task(failing())
    (b,) = await _waiters(t, lock, "b")
    await t.attempt("a", a)
    await b
    await t.attempt("again", failing())
    t.call("locked", lock.locked)


async def lock_released_when_not_locked(t):
    lock = asyncio.Lock()
    t.call("never taken", lock.release)
    await _take(lock)
    t.call("taken", lock.release)
    t.call("twice", lock.release)


async def lock_released_twice_with_a_waiter(t):
    lock = await _taken_lock()
    (a,) = await _waiters(t, lock, "a")
    t.call("once", lock.release)
    t.call("twice", lock.release)
    await a


async def lock_released_by_another_task(t):
    lock = await _taken_lock()
    (a,) = await _waiters(t, lock, "a")

    async def other():
        t.call("release", lock.release)

    await asyncio.create_task(other())
    await a


async def lock_released_by_a_callback(t):
    lock = await _taken_lock()
    (a,) = await _waiters(t, lock, "a")
    t.loop.call_later(2, lock.release)
    await a


async def lock_is_not_reentrant(t):
    lock = await _taken_lock()
    await t.attempt("second", asyncio.wait_for(_take(lock), 1))
    t.call("locked", lock.locked)


async def lock_timeout_around_acquire(t):
    lock = await _taken_lock()
    (a,) = await _waiters(t, lock, "a")

    async def impatient():
        async with asyncio.timeout(1):
            await t.holder("impatient", lock, 1)

    b = asyncio.create_task(impatient())
    await t.attempt("impatient", b)
    lock.release()
    await a
    await t.attempt("patient", impatient())


async def lock_timeout_when_it_is_released(t):
    """The timer and the release in one iteration: the waiter was woken, yet times out, and passes the lock on."""

    async def impatient():
        async with asyncio.timeout(1):
            await t.holder("impatient", lock, 1)

    lock = await _taken_lock()
    t.loop.call_later(1, lock.release)
    a = asyncio.create_task(impatient())
    await asyncio.sleep(0)
    (b,) = await _waiters(t, lock, "b")
    await t.attempt("impatient", a)
    await b


async def lock_taken_in_turns(t):
    async def turns(name):
        for number in range(3):
            async with lock:
                t.log(f"{name} {number}")
                await asyncio.sleep(0)

    lock = asyncio.Lock()
    t.ticks(9)
    await asyncio.gather(turns("a"), turns("b"), turns("c"))


async def lock_greedy_task_does_not_starve_others(t):
    """It releases and asks again at once, without a yield in between."""

    async def greedy():
        for number in range(4):
            async with lock:
                t.log(f"greedy {number}")

    lock = await _taken_lock()
    a, b = await _waiters(t, lock, "a", "b")
    lock.release()
    await greedy()
    await asyncio.gather(a, b)


async def lock_asked_for_by_a_task_cancelled_before_its_start(t):
    lock = await _taken_lock()
    a = asyncio.create_task(t.holder("a", lock, 1))
    a.cancel()
    (b,) = await _waiters(t, lock, "b")
    lock.release()
    await t.attempt("a", a)
    await b


async def lock_failure_reaches_the_waiters_through_the_lock(t):
    """A failing task group: the holder fails, the waiters are cancelled while one of them has just been woken."""

    async def failing():
        async with lock:
            await asyncio.sleep(1)
            raise Failed("holder")

    async def group():
        async with asyncio.TaskGroup() as g:
            g.create_task(failing())
            g.create_task(t.holder("a", lock, 1))
            g.create_task(t.holder("b", lock, 1))

    lock = asyncio.Lock()
    await t.attempt("group", group())
    t.call("locked", lock.locked)
    await t.holder("afterwards", lock, 0)
