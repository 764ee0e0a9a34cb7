"""Condition: a cancelled wait leaves with the lock too, and passes on news it may have got."""

import asyncio

from tracing import describe


async def _waiter(t, condition, name):
    async with condition:
        t.log(f"{name} waits")
        try:
            await condition.wait()
        except BaseException as exception:
            t.log(f"{name} {describe(exception)}, locked {t.shown(condition.locked())}")
            raise
        t.log(f"{name} goes on, locked {t.shown(condition.locked())}")


async def _waiters(t, condition, *names):
    """Tasks that wait for news by the time this returns."""
    tasks = [asyncio.create_task(_waiter(t, condition, name)) for name in names]
    await asyncio.sleep(0)
    return tasks


async def _notify(condition, count):
    async with condition:
        condition.notify(count)


async def condition_cancelled_while_waiting(t):
    condition = asyncio.Condition()
    a, b = await _waiters(t, condition, "a", "b")
    t.ticks(3)
    a.cancel("why")
    await t.attempt("a", a)
    t.call("locked", condition.locked)
    await asyncio.sleep(1)
    t.outcome("b", b)


async def condition_cancelled_while_waiting_and_the_lock_is_held(t):
    condition = asyncio.Condition()
    (a,) = await _waiters(t, condition, "a")
    await condition.acquire()
    a.cancel("why")
    await asyncio.sleep(1)
    t.outcome("a", a)
    condition.release()
    await t.attempt("a", a)
    t.call("locked", condition.locked)


async def condition_cancelled_while_reacquiring(t):
    condition = asyncio.Condition()
    (a,) = await _waiters(t, condition, "a")
    await condition.acquire()
    condition.notify()
    await asyncio.sleep(1)
    t.log("cancel")
    a.cancel("why")
    await asyncio.sleep(1)
    t.outcome("a", a)
    condition.release()
    await t.attempt("a", a)
    t.call("locked", condition.locked)


async def condition_last_cancellation_wins(t):
    condition = asyncio.Condition()
    (a,) = await _waiters(t, condition, "a")
    await condition.acquire()
    for message in ("first", "second", "third"):
        t.call(message, lambda: a.cancel(message))
        await asyncio.sleep(1)
        t.outcome("a", a)
    condition.release()
    await t.attempt("a", a)
    t.call("cancelling", a.cancelling)


async def condition_two_cancels_in_one_iteration(t):
    condition = asyncio.Condition()
    (a,) = await _waiters(t, condition, "a")
    await condition.acquire()
    condition.notify()
    await asyncio.sleep(0)
    a.cancel("first")
    a.cancel("second")
    await asyncio.sleep(1)
    condition.release()
    await t.attempt("a", a)


async def condition_cancelled_after_notify_passes_it_on(t):
    condition = asyncio.Condition()
    a, b, c = await _waiters(t, condition, "a", "b", "c")
    await _notify(condition, 1)
    t.ticks(5)
    a.cancel()
    await t.attempt("a", a)
    await t.attempt("b", b)
    await asyncio.sleep(1)
    t.outcome("c", c)


async def condition_cancelled_while_reacquiring_passes_it_on(t):
    condition = asyncio.Condition()
    a, b, c = await _waiters(t, condition, "a", "b", "c")
    await condition.acquire()
    condition.notify()
    await asyncio.sleep(1)
    a.cancel()
    await asyncio.sleep(1)
    condition.release()
    await t.attempt("a", a)
    await t.attempt("b", b)
    await asyncio.sleep(1)
    t.outcome("c", c)


async def condition_cancelled_without_news_wakes_another(t):
    """A spurious wakeup."""
    condition = asyncio.Condition()
    a, b = await _waiters(t, condition, "a", "b")
    b.cancel()
    await t.attempt("b", b)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    t.outcome("a", a)


async def condition_many_cancelled_after_notify(t):
    condition = asyncio.Condition()
    a, b, c, d = await _waiters(t, condition, "a", "b", "c", "d")
    await _notify(condition, 2)
    a.cancel("a")
    b.cancel("b")
    await t.attempt("c", c)
    await t.attempt("d", d)
    t.outcome("a", a)
    t.outcome("b", b)


async def condition_wait_for_cancelled(t):
    async def waiter(name):
        async with condition:
            await t.attempt(name, condition.wait_for(lambda: False))
            t.log(f"{name} locked {t.shown(condition.locked())}")

    condition = asyncio.Condition()
    a = asyncio.create_task(waiter("a"))
    await asyncio.sleep(1)
    a.cancel("why")
    await t.attempt("task", a)
    t.call("locked", condition.locked)
