"""Semaphore: fair, and a permit is taken on behalf of the task that is woken."""

import asyncio


async def _take(semaphore):
    await semaphore.acquire()


async def _waiters(t, semaphore, *names):
    """Tasks that wait for a permit by the time this returns."""
    tasks = [asyncio.create_task(t.holder(name, semaphore, 1)) for name in names]
    await asyncio.sleep(0)
    return tasks


async def semaphore_free_permits_are_taken_without_yielding(t):
    semaphore = asyncio.Semaphore(3)
    t.ticks(1)
    for _ in range(3):
        t.call("locked", semaphore.locked)
        await semaphore.acquire()
    t.call("locked", semaphore.locked)
    semaphore.release()
    t.call("locked", semaphore.locked)


async def semaphore_limits_how_many(t):
    semaphore = asyncio.Semaphore(2)
    await asyncio.gather(*(t.holder(name, semaphore, delay) for name, delay in zip("abcde", (3, 1, 1, 2, 1))))
    t.call("locked", semaphore.locked)


async def semaphore_wake_latency(t):
    semaphore = asyncio.Semaphore(0)
    (a,) = await _waiters(t, semaphore, "a")
    t.ticks(3)
    semaphore.release()
    t.call("locked", semaphore.locked)
    await a


async def semaphore_locked_with_waiters(t):
    """More permits than woken tasks: locked all the same until they have run."""
    semaphore = asyncio.Semaphore(0)
    a, b = await _waiters(t, semaphore, "a", "b")
    for number in range(4):
        semaphore.release()
        t.log(f"released {number}, locked {t.shown(semaphore.locked())}")
    await asyncio.sleep(0)
    t.call("locked", semaphore.locked)
    await asyncio.gather(a, b)


async def semaphore_newcomer_queues_behind_the_woken(t):
    semaphore = asyncio.Semaphore(0)
    a, b = await _waiters(t, semaphore, "a", "b")
    semaphore.release()
    await t.holder("newcomer", semaphore, 1)
    await asyncio.gather(a, b)


async def semaphore_newcomers_are_woken_by_those_before(t):
    """There is a permit for the newcomer, but somebody was before it: that one wakes it."""
    semaphore = asyncio.Semaphore(0)
    (a,) = await _waiters(t, semaphore, "a")
    t.ticks(4)
    semaphore.release()
    semaphore.release()
    semaphore.release()
    newcomers = [asyncio.create_task(t.holder(name, semaphore, 1)) for name in ("m", "n", "o")]
    await t.holder("main", semaphore, 1)
    await asyncio.gather(a, *newcomers)


async def semaphore_many_permits_at_once(t):
    semaphore = asyncio.Semaphore(0)
    tasks = await _waiters(t, semaphore, "a", "b", "c", "d")
    for _ in range(3):
        semaphore.release()
    await asyncio.gather(*tasks)


async def semaphore_waiter_cancelled_before_its_turn(t):
    semaphore = asyncio.Semaphore(0)
    a, b = await _waiters(t, semaphore, "a", "b")
    a.cancel("a")
    await t.attempt("a", a)
    semaphore.release()
    await b


async def semaphore_released_after_cancel_in_one_iteration(t):
    semaphore = asyncio.Semaphore(0)
    a, b = await _waiters(t, semaphore, "a", "b")
    t.ticks(3)
    a.cancel("a")
    semaphore.release()
    t.call("locked", semaphore.locked)
    await t.attempt("a", a)
    await b


async def semaphore_cancelled_after_wake_gives_it_back(t):
    semaphore = asyncio.Semaphore(0)
    a, b = await _waiters(t, semaphore, "a", "b")
    t.ticks(3)
    semaphore.release()
    a.cancel("a")
    await t.attempt("a", a)
    await b


async def semaphore_cancelled_after_wake_with_nobody_else(t):
    semaphore = asyncio.Semaphore(0)
    (a,) = await _waiters(t, semaphore, "a")
    semaphore.release()
    a.cancel()
    t.call("locked", semaphore.locked)
    await t.attempt("a", a)
    t.call("locked", semaphore.locked)
    await _take(semaphore)
    t.call("locked", semaphore.locked)


async def semaphore_several_cancelled_after_wake(t):
    semaphore = asyncio.Semaphore(0)
    a, b, c, d, e = await _waiters(t, semaphore, "a", "b", "c", "d", "e")
    t.ticks(4)
    semaphore.release()
    semaphore.release()
    for task in (a, b, c):
        task.cancel()
    await asyncio.gather(d, e)
    for task in (a, b, c):
        t.outcome("other", task)


async def semaphore_newcomer_behind_cancelled_waiters(t):
    semaphore = asyncio.Semaphore(0)
    a, b = await _waiters(t, semaphore, "a", "b")
    a.cancel()
    b.cancel()
    semaphore.release()
    t.call("locked", semaphore.locked)
    t.ticks(1)
    await t.holder("newcomer", semaphore, 0)


async def semaphore_released_without_acquire_grows(t):
    semaphore = asyncio.Semaphore(1)
    semaphore.release()
    semaphore.release()
    for _ in range(3):
        t.call("locked", semaphore.locked)
        await semaphore.acquire()
    t.call("locked", semaphore.locked)


async def semaphore_of_fewer_than_none_is_refused(t):
    t.call("negative", lambda: asyncio.Semaphore(-1))
    t.call("bounded", lambda: asyncio.BoundedSemaphore(-1))


async def semaphore_timeout(t):
    semaphore = asyncio.Semaphore(1)
    await semaphore.acquire()
    await t.attempt("first", asyncio.wait_for(t.holder("first", semaphore, 1), 1))
    t.loop.call_later(1, semaphore.release)
    await t.attempt("second", asyncio.wait_for(t.holder("second", semaphore, 1), 3))
    t.call("locked", semaphore.locked)


async def semaphore_timeout_when_it_is_released(t):
    semaphore = asyncio.Semaphore(0)
    t.loop.call_later(1, semaphore.release)
    await t.attempt("first", asyncio.wait_for(t.holder("first", semaphore, 1), 1))
    t.call("locked", semaphore.locked)


async def semaphore_holder_cancelled(t):
    semaphore = asyncio.Semaphore(1)
    a, b = await _waiters(t, semaphore, "a", "b")
    a.cancel("a")
    await t.attempt("a", a)
    await b


async def semaphore_holder_fails(t):
    async def failing():
        async with semaphore:
            await t.failing("a", 1)

    semaphore = asyncio.Semaphore(1)
    await t.attempt("a", failing())
    t.call("locked", semaphore.locked)


async def semaphore_greedy_task_does_not_starve_others(t):
    async def greedy():
        for number in range(3):
            async with semaphore:
                t.log(f"greedy {number}")

    semaphore = asyncio.Semaphore(0)
    a, b = await _waiters(t, semaphore, "a", "b")
    semaphore.release()
    await greedy()
    await asyncio.gather(a, b)


async def semaphore_released_by_a_callback(t):
    semaphore = asyncio.Semaphore(0)
    t.loop.call_later(1, semaphore.release)
    t.loop.call_later(2, semaphore.release)
    await asyncio.gather(*(t.holder(name, semaphore, 5) for name in "ab"))


async def bounded_semaphore_released_too_often(t):
    semaphore = asyncio.BoundedSemaphore(2)
    t.call("nothing is out", semaphore.release)
    await semaphore.acquire()
    await semaphore.acquire()
    t.call("one of two", semaphore.release)
    t.call("two of two", semaphore.release)
    t.call("three of two", semaphore.release)


async def bounded_semaphore_released_with_waiters(t):
    """A permit that went to a waiter is out again."""
    semaphore = asyncio.BoundedSemaphore(1)
    await semaphore.acquire()
    (a,) = await _waiters(t, semaphore, "a")
    t.call("once", semaphore.release)
    t.call("twice", semaphore.release)
    await t.attempt("a", a)
    t.call("locked", semaphore.locked)


async def bounded_semaphore_cancelled_after_wake(t):
    semaphore = asyncio.BoundedSemaphore(1)
    await semaphore.acquire()
    (a,) = await _waiters(t, semaphore, "a")
    semaphore.release()
    a.cancel()
    await t.attempt("a", a)
    t.call("release", semaphore.release)
    t.call("locked", semaphore.locked)
