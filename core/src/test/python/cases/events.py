"""Event: setting it wakes all who wait, whatever happens to it next."""

import asyncio

from tracing import describe


async def _waiter(t, event, name):
    t.log(f"{name} waits")
    try:
        await event.wait()
    except asyncio.CancelledError as cancellation:
        t.log(f"{name} {describe(cancellation)}")
        raise
    t.log(f"{name} goes on, set {t.shown(event.is_set())}")


async def _waiters(t, event, *names):
    """Tasks that wait for the event by the time this returns."""
    tasks = [asyncio.create_task(_waiter(t, event, name)) for name in names]
    await asyncio.sleep(0)
    return tasks


async def event_that_is_set_does_not_yield(t):
    event = asyncio.Event()
    t.call("set", event.is_set)
    event.set()
    t.call("set", event.is_set)
    t.ticks(1)
    await _waiter(t, event, "main")


async def event_wakes_all_in_order(t):
    event = asyncio.Event()
    tasks = await _waiters(t, event, "a", "b", "c")
    await asyncio.sleep(1)
    event.set()
    t.log("set")
    await asyncio.gather(*tasks)


async def event_wake_latency(t):
    event = asyncio.Event()
    (a,) = await _waiters(t, event, "a")
    t.ticks(3)
    event.set()
    await a


async def event_set_by_a_timer(t):
    event = asyncio.Event()
    t.loop.call_later(2, event.set)
    await _waiter(t, event, "main")


async def event_set_twice(t):
    event = asyncio.Event()
    (a,) = await _waiters(t, event, "a")
    event.set()
    event.set()
    (b,) = await _waiters(t, event, "b")
    await asyncio.gather(a, b)


async def event_cleared_after_set_strands_nobody(t):
    event = asyncio.Event()
    tasks = await _waiters(t, event, "a", "b")
    event.set()
    event.clear()
    t.call("set", event.is_set)
    await asyncio.gather(*tasks)


async def event_newcomer_after_clear_waits(t):
    event = asyncio.Event()
    (a,) = await _waiters(t, event, "a")
    event.set()
    event.clear()
    b = asyncio.create_task(_waiter(t, event, "b"))
    await a
    await asyncio.sleep(1)
    t.outcome("b", b)
    event.set()
    await b


async def event_cleared_by_the_first_woken(t):
    async def clearing():
        await _waiter(t, event, "a")
        event.clear()

    event = asyncio.Event()
    a = asyncio.create_task(clearing())
    b = asyncio.create_task(_waiter(t, event, "b"))
    await asyncio.sleep(1)
    event.set()
    await asyncio.gather(a, b)


async def event_waiter_cancelled(t):
    event = asyncio.Event()
    a, b, c = await _waiters(t, event, "a", "b", "c")
    b.cancel("why")
    await t.attempt("b", b)
    event.set()
    await asyncio.gather(a, c)


async def event_waiter_cancelled_after_set(t):
    event = asyncio.Event()
    a, b = await _waiters(t, event, "a", "b")
    event.set()
    a.cancel("too late")
    await t.attempt("a", a)
    await t.attempt("b", b)
    t.call("set", event.is_set)


async def event_set_after_waiter_cancelled_in_one_iteration(t):
    event = asyncio.Event()
    a, b = await _waiters(t, event, "a", "b")
    a.cancel()
    event.set()
    await t.attempt("a", a)
    await t.attempt("b", b)


async def event_timeout(t):
    event = asyncio.Event()
    await t.attempt("first", asyncio.wait_for(_waiter(t, event, "first"), 1))
    t.loop.call_later(1, event.set)
    await t.attempt("second", asyncio.wait_for(_waiter(t, event, "second"), 2))


async def event_set_when_the_timeout_expires(t):
    event = asyncio.Event()
    t.loop.call_later(1, event.set)
    await t.attempt("waiter", asyncio.wait_for(_waiter(t, event, "waiter"), 1))


async def event_pulses(t):
    """Whoever waits again at once sees each pulse once."""

    async def counting(name):
        for number in range(3):
            await event.wait()
            t.log(f"{name} sees pulse {number}")

    event = asyncio.Event()
    tasks = [asyncio.create_task(counting(name)) for name in "ab"]
    for _ in range(3):
        await asyncio.sleep(1)
        event.set()
        event.clear()
    await asyncio.gather(*tasks)


async def event_two_tasks_hand_over(t):
    async def player(name, mine, other):
        for number in range(3):
            await mine.wait()
            mine.clear()
            t.log(f"{name} {number}")
            other.set()

    ping, pong = asyncio.Event(), asyncio.Event()
    t.ticks(8)
    ping.set()
    await asyncio.gather(player("ping", ping, pong), player("pong", pong, ping))


async def event_eager_waiter(t):
    event = asyncio.Event()
    a = t.loop.create_eager_task(_waiter(t, event, "a"))
    event.set()
    b = t.loop.create_eager_task(_waiter(t, event, "b"))
    t.outcome("a", a)
    t.outcome("b", b)
    await a
