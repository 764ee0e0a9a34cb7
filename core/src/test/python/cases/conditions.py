"""Condition: waits without its lock, leaves with it."""

import asyncio

from tracing import Failed, describe


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


async def _notify_all(condition):
    async with condition:
        condition.notify_all()


async def condition_wait_releases_the_lock(t):
    condition = asyncio.Condition()
    (a,) = await _waiters(t, condition, "a")
    t.call("locked", condition.locked)
    t.ticks(1)
    await condition.acquire()
    t.log("main has the lock")
    condition.notify()
    t.call("locked", condition.locked)
    condition.release()
    await a
    t.call("locked", condition.locked)


async def condition_wait_on_a_free_lock_is_refused(t):
    condition = asyncio.Condition()
    await t.attempt("wait", condition.wait())


async def condition_notify_on_a_free_lock_is_refused(t):
    condition = asyncio.Condition()
    t.call("notify", condition.notify)
    t.call("notify all", condition.notify_all)
    (a,) = await _waiters(t, condition, "a")
    t.call("notify", condition.notify)
    t.call("release", condition.release)
    await _notify(condition, 1)
    await a


async def condition_notify_latency(t):
    condition = asyncio.Condition()
    (a,) = await _waiters(t, condition, "a")
    t.ticks(4)
    await _notify(condition, 1)
    t.log("notified")
    await a


async def condition_notify_wakes_one_at_a_time(t):
    condition = asyncio.Condition()
    tasks = await _waiters(t, condition, "a", "b", "c")
    for _ in range(3):
        await asyncio.sleep(1)
        await _notify(condition, 1)
    await asyncio.gather(*tasks)


async def condition_notify_several(t):
    condition = asyncio.Condition()
    tasks = await _waiters(t, condition, "a", "b", "c", "d", "e")
    for count in (0, 2, 100):
        t.log(f"notify {count}")
        await _notify(condition, count)
        await asyncio.sleep(1)
    await asyncio.gather(*tasks)


async def condition_notify_all_wakes_all(t):
    condition = asyncio.Condition()
    tasks = await _waiters(t, condition, "a", "b", "c")
    t.ticks(6)
    await _notify_all(condition)
    await asyncio.gather(*tasks)


async def condition_notify_without_waiters_is_forgotten(t):
    condition = asyncio.Condition()
    await _notify(condition, 3)
    (a,) = await _waiters(t, condition, "a")
    await asyncio.sleep(1)
    t.outcome("a", a)


async def condition_notified_waits_for_the_lock(t):
    condition = asyncio.Condition()
    tasks = await _waiters(t, condition, "a", "b")
    await condition.acquire()
    condition.notify_all()
    await asyncio.sleep(1)
    t.log("release")
    condition.release()
    await asyncio.gather(*tasks)


async def condition_newcomer_gets_the_lock_before_the_notified(t):
    condition = asyncio.Condition()
    (a,) = await _waiters(t, condition, "a")
    await condition.acquire()
    newcomer = asyncio.create_task(t.holder("newcomer", condition, 1))
    await asyncio.sleep(0)
    condition.notify()
    condition.release()
    await asyncio.gather(a, newcomer)


async def condition_wait_for_a_predicate(t):
    async def waiter():
        async with condition:
            await condition.wait_for(enough)
            t.log(f"enough, locked {t.shown(condition.locked())}")

    def enough():
        t.log(f"asked at {len(stock)}, locked {t.shown(condition.locked())}")
        return len(stock) >= 3

    condition = asyncio.Condition()
    stock = []
    task = asyncio.create_task(waiter())
    while not task.done():
        await asyncio.sleep(1)
        async with condition:
            stock.append("item")
            condition.notify()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    await task


async def condition_wait_for_what_is_true_does_not_yield(t):
    condition = asyncio.Condition()
    t.ticks(1)
    async with condition:
        await condition.wait_for(lambda: True)
        t.log("true")


async def condition_wait_for_becomes_false_again(t):
    """Two notified tasks: the first takes what both came for."""

    async def consumer(name):
        async with condition:
            await condition.wait_for(lambda: stock)
            t.log(f"{name} takes {stock.pop(0)}")

    condition = asyncio.Condition()
    stock = []
    tasks = [asyncio.create_task(consumer(name)) for name in "ab"]
    for item in ("first", "second"):
        await asyncio.sleep(1)
        async with condition:
            stock.append(item)
            condition.notify_all()
    await asyncio.gather(*tasks)


async def condition_wait_for_failing_predicate(t):
    """The failure passes on nothing: the wait was over."""

    async def waiter():
        async with condition:
            await condition.wait_for(predicate)

    def predicate():
        t.log("asked")
        if stock:
            raise Failed("predicate")
        return False

    condition = asyncio.Condition()
    stock = []
    a = asyncio.create_task(waiter())
    (b,) = await _waiters(t, condition, "b")
    stock.append("item")
    await _notify(condition, 1)
    await t.attempt("a", a)
    t.call("locked", condition.locked)
    await asyncio.sleep(1)
    t.outcome("b", b)


async def condition_two_share_a_lock(t):
    lock = asyncio.Lock()
    full, empty = asyncio.Condition(lock), asyncio.Condition(lock)
    (a,) = await _waiters(t, full, "a")
    (b,) = await _waiters(t, empty, "b")
    await _notify_all(full)
    await asyncio.sleep(1)
    t.outcome("a", a)
    t.outcome("b", b)
    async with lock:
        empty.notify_all()
        t.log(f"locked {t.shown(full.locked())} {t.shown(empty.locked())}")
    await b


async def condition_timeout(t):
    condition = asyncio.Condition()
    await t.attempt("a", asyncio.wait_for(_waiter(t, condition, "a"), 1))
    t.call("locked", condition.locked)


async def condition_timeout_inside_the_lock(t):
    condition = asyncio.Condition()
    async with condition:
        try:
            async with asyncio.timeout(1):
                await condition.wait()
        except TimeoutError:
            t.log(f"timed out, locked {t.shown(condition.locked())}")
    t.call("locked", condition.locked)


async def condition_timeout_waits_for_the_lock(t):
    condition = asyncio.Condition()
    a = asyncio.create_task(asyncio.wait_for(_waiter(t, condition, "a"), 1))
    await asyncio.sleep(0)
    await t.holder("other", condition, 3)
    await t.attempt("a", a)


async def condition_producers_and_consumers(t):
    async def producer(name):
        for number in range(3):
            async with condition:
                await condition.wait_for(lambda: len(stock) < 2)
                stock.append(f"{name}{number}")
                t.log(f"{name} puts {number}")
                condition.notify_all()

    async def consumer(name, count):
        for _ in range(count):
            async with condition:
                await condition.wait_for(lambda: stock)
                t.log(f"{name} gets {stock.pop(0)}")
                condition.notify_all()
            await asyncio.sleep(1)

    condition = asyncio.Condition()
    stock = []
    await asyncio.gather(producer("p"), producer("q"), consumer("c", 2), consumer("d", 4))
