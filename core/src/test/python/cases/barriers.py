"""Barrier: fills, drains, and opens again; or breaks."""

import asyncio


async def _parties(t, barrier, *names):
    """Tasks that have come to the barrier by the time this returns."""
    tasks = [asyncio.create_task(_party(t, barrier, name)) for name in names]
    await asyncio.sleep(0)
    return tasks


async def _party(t, barrier, name):
    t.log(f"{name} comes")
    await t.attempt(name, barrier.wait())


def _state(t, barrier):
    t.log(f"waiting {barrier.n_waiting} of {barrier.parties}, broken {t.shown(barrier.broken)}")


async def barrier_indices_are_the_order_of_arrival(t):
    """The last one to come is the first to go on."""
    barrier = asyncio.Barrier(4)
    await asyncio.gather(*(_party(t, barrier, name) for name in "abcd"))


async def barrier_latency(t):
    barrier = asyncio.Barrier(3)
    tasks = await _parties(t, barrier, "a", "b")
    t.ticks(7)
    await _party(t, barrier, "main")
    await asyncio.gather(*tasks)


async def barrier_for_one_does_not_yield(t):
    barrier = asyncio.Barrier(1)
    t.ticks(1)
    for _ in range(2):
        await _party(t, barrier, "main")
        _state(t, barrier)


async def barrier_for_nobody_is_refused(t):
    t.call("none", lambda: asyncio.Barrier(0))
    t.call("fewer", lambda: asyncio.Barrier(-1))


async def barrier_counts_who_waits(t):
    barrier = asyncio.Barrier(3)
    _state(t, barrier)
    tasks = []
    for name in "abc":
        tasks += await _parties(t, barrier, name)
        _state(t, barrier)
    await asyncio.gather(*tasks)
    _state(t, barrier)


async def barrier_is_used_again(t):
    async def rounds(name, delay):
        for number in range(3):
            await asyncio.sleep(delay)
            t.log(f"{name} is {await barrier.wait()} in round {number}")

    barrier = asyncio.Barrier(3)
    await asyncio.gather(rounds("a", 3), rounds("b", 1), rounds("c", 2))


async def barrier_rounds_without_pause(t):
    async def rounds(name):
        for number in range(3):
            t.log(f"{name} is {await barrier.wait()} in round {number}")

    barrier = asyncio.Barrier(2)
    await asyncio.gather(rounds("a"), rounds("b"))


async def barrier_newcomers_wait_for_the_next_round(t):
    """They come while it drains."""
    barrier = asyncio.Barrier(2)
    await asyncio.gather(*(_party(t, barrier, name) for name in "abcdef"))
    _state(t, barrier)


async def barrier_newcomer_left_over(t):
    barrier = asyncio.Barrier(2)
    tasks = await _parties(t, barrier, "a", "b", "c")
    await asyncio.sleep(1)
    _state(t, barrier)
    t.outcome("c", tasks[2])
    await _party(t, barrier, "d")
    await asyncio.gather(*tasks)


async def barrier_drains_slowly(t):
    """The state while tasks leave one by one."""

    async def watched(name):
        index = await barrier.wait()
        t.log(f"{name} is {index}")
        _state(t, barrier)

    barrier = asyncio.Barrier(3)
    await asyncio.gather(watched("a"), watched("b"), watched("c"))
    _state(t, barrier)


async def barrier_aborted_with_parties_waiting(t):
    barrier = asyncio.Barrier(3)
    tasks = await _parties(t, barrier, "a", "b")
    t.ticks(5)
    await barrier.abort()
    t.log("aborted")
    _state(t, barrier)
    await asyncio.gather(*tasks)
    _state(t, barrier)
    await _party(t, barrier, "late")


async def barrier_aborted_when_empty(t):
    barrier = asyncio.Barrier(2)
    await barrier.abort()
    _state(t, barrier)
    t.ticks(1)
    await _party(t, barrier, "late")


async def barrier_aborted_while_draining(t):
    barrier = asyncio.Barrier(3)
    tasks = await _parties(t, barrier, "a", "b", "c", "d")
    await barrier.abort()
    await asyncio.gather(*tasks)
    _state(t, barrier)


async def barrier_reset_after_abort(t):
    barrier = asyncio.Barrier(2)
    tasks = await _parties(t, barrier, "a")
    await barrier.abort()
    await asyncio.gather(*tasks)
    await barrier.reset()
    _state(t, barrier)
    await asyncio.gather(_party(t, barrier, "b"), _party(t, barrier, "c"))


async def barrier_reset_before_the_aborted_have_left(t):
    barrier = asyncio.Barrier(3)
    tasks = await _parties(t, barrier, "a", "b")
    await barrier.abort()
    await barrier.reset()
    _state(t, barrier)
    tasks += await _parties(t, barrier, "c")
    await asyncio.gather(*tasks[:2])
    await asyncio.sleep(1)
    _state(t, barrier)


async def barrier_reset_while_filling(t):
    barrier = asyncio.Barrier(3)
    tasks = await _parties(t, barrier, "a", "b")
    t.ticks(5)
    await barrier.reset()
    t.log("reset")
    _state(t, barrier)
    await asyncio.gather(*tasks)
    _state(t, barrier)
    await asyncio.gather(*(_party(t, barrier, name) for name in "cde"))


async def barrier_reset_when_empty(t):
    barrier = asyncio.Barrier(2)
    await barrier.reset()
    _state(t, barrier)
    await asyncio.gather(_party(t, barrier, "a"), _party(t, barrier, "b"))


async def barrier_reset_while_draining(t):
    """Who has not left yet is told of the reset."""
    barrier = asyncio.Barrier(3)
    tasks = await _parties(t, barrier, "a", "b", "c")
    await barrier.reset()
    t.log("reset")
    await asyncio.gather(*tasks)
    _state(t, barrier)
    await asyncio.gather(*(_party(t, barrier, name) for name in "def"))


async def barrier_newcomers_while_resetting(t):
    barrier = asyncio.Barrier(2)
    (a,) = await _parties(t, barrier, "a")
    b, c = (asyncio.create_task(_party(t, barrier, name)) for name in "bc")
    await barrier.reset()
    await asyncio.sleep(0)
    _state(t, barrier)
    await asyncio.gather(a, b, c)
    _state(t, barrier)


async def barrier_reset_twice(t):
    barrier = asyncio.Barrier(2)
    tasks = await _parties(t, barrier, "a")
    await barrier.reset()
    await barrier.reset()
    await asyncio.gather(*tasks, _party(t, barrier, "b"), _party(t, barrier, "c"))
    _state(t, barrier)


async def barrier_one_waiter_cancelled(t):
    """Its place is free again."""

    async def waiter(name):
        t.log(f"{name} is {await barrier.wait()}")

    barrier = asyncio.Barrier(3)
    a, b = asyncio.create_task(waiter("a")), asyncio.create_task(waiter("b"))
    await asyncio.sleep(0)
    a.cancel("why")
    await t.attempt("a", a)
    await asyncio.sleep(1)
    _state(t, barrier)
    t.outcome("b", b)
    await asyncio.gather(b, waiter("c"), waiter("d"))


async def barrier_only_waiter_cancelled(t):
    barrier = asyncio.Barrier(2)
    (a,) = await _parties(t, barrier, "a")
    a.cancel("why")
    await t.attempt("a", a)
    _state(t, barrier)
    await asyncio.gather(_party(t, barrier, "b"), _party(t, barrier, "c"))


async def barrier_waiter_cancelled_when_it_is_full(t):
    barrier = asyncio.Barrier(3)
    tasks = await _parties(t, barrier, "a", "b", "c")
    tasks[0].cancel("too late")
    await asyncio.gather(*tasks)
    _state(t, barrier)


async def barrier_newcomer_cancelled_while_draining(t):
    barrier = asyncio.Barrier(2)
    tasks = await _parties(t, barrier, "a", "b", "c", "d")
    tasks[2].cancel("why")
    await asyncio.gather(*tasks[:3])
    await asyncio.sleep(1)
    _state(t, barrier)
    await _party(t, barrier, "e")


async def barrier_timeout(t):
    barrier = asyncio.Barrier(2)
    await t.attempt("alone", asyncio.wait_for(barrier.wait(), 1))
    _state(t, barrier)
    a = asyncio.create_task(_party(t, barrier, "a"))
    await t.attempt("in time", asyncio.wait_for(barrier.wait(), 1))
    await a


async def barrier_timeout_then_abort(t):
    """How a task that gives up tells the others."""

    async def impatient(delay):
        try:
            async with asyncio.timeout(delay):
                await barrier.wait()
        except TimeoutError:
            t.log("gives up")
            await barrier.abort()

    barrier = asyncio.Barrier(4)
    await asyncio.gather(impatient(2), _party(t, barrier, "a"), _party(t, barrier, "b"))
    _state(t, barrier)
