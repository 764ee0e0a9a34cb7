"""staggered_race: bodies one after another, the next when the one before fails or takes long; the first value wins."""

import asyncio
from asyncio.staggered import staggered_race

from tracing import Failed


async def _race(t, label, delay, *bodies):
    value, index, exceptions = await staggered_race(bodies, delay)
    t.log(f"{label}: {t.shown(value)} by {t.shown(index)}, {t.shown(exceptions)}")


async def staggered_without_bodies(t):
    t.ticks(4)
    await _race(t, "one by one", None)
    await _race(t, "with delay", 1)


async def staggered_first_wins_at_once(t):
    async def first():
        return "first"

    t.ticks(6)
    await _race(t, "one by one", None, first, lambda: t.worker("second", 1))
    await _race(t, "with delay", 1, first, lambda: t.worker("second", 1))


async def staggered_failure_starts_the_next(t):
    t.ticks(6)
    await _race(t, "one by one", None, lambda: t.failing("first", 0), lambda: t.worker("second", 1))
    await _race(t, "with delay", 5, lambda: t.failing("first", 1), lambda: t.worker("second", 1))


async def staggered_slow_ones_get_rivals(t):
    await _race(t, "race", 1, *(lambda name=name: t.worker(name, 2.5) for name in "abcdef"))


async def staggered_slow_one_without_delay_gets_no_rival(t):
    await _race(t, "race", None, lambda: t.worker("first", 100), lambda: t.worker("second", 1))


async def staggered_first_timeout_second_wins(t):
    await _race(t, "race", 0.5, lambda: t.worker("first", 10), lambda: t.worker("second", 0))


async def staggered_nobody_wins(t):
    await _race(t, "one by one", None, lambda: t.failing("first", 1), lambda: t.failing("second", 1))
    await _race(t, "with delay", 1, lambda: t.failing("first", 3), lambda: t.failing("second", 1))


async def staggered_losers_are_waited_for(t):
    await _race(
        t,
        "race",
        1,
        lambda: t.tidy("first", 9, 3),
        lambda: t.clumsy("second", 9, 1),
        lambda: t.worker("third", 1),
    )


async def staggered_delay_of_zero_starts_all(t):
    t.ticks(14)
    await _race(t, "zero", 0, lambda: t.worker("a", 1), lambda: t.worker("b", 1), lambda: t.worker("c", 1))
    await _race(t, "negative", -1, lambda: t.worker("d", 1), lambda: t.worker("e", 0.5))


async def staggered_rivals_end_in_one_iteration(t):
    """The first to run wins, and the other meets its cancellation."""
    await _race(t, "race", 1, lambda: t.worker("first", 2), lambda: t.worker("second", 1))


async def staggered_failure_when_the_delay_is_over(t):
    await _race(t, "race", 1, lambda: t.failing("first", 1), lambda: t.worker("second", 1), lambda: t.worker("third", 1))


async def staggered_cancelled_body_is_a_failed_one(t):
    async def cancelled():
        await asyncio.sleep(1)
        raise asyncio.CancelledError("own")

    await _race(t, "race", None, cancelled, lambda: t.worker("second", 1))


async def staggered_body_fails_before_it_suspends(t):
    async def failing():
        raise Failed("at once")

    t.ticks(6)
    await _race(t, "race", 1, failing, failing, lambda: t.worker("third", 1))


async def staggered_value_may_be_nothing(t):
    async def nothing():
        await asyncio.sleep(1)

    await _race(t, "race", None, lambda: t.failing("first", 1), nothing)


async def staggered_cancelled(t):
    """The body that runs and the runner that waits are cancelled."""
    race = asyncio.create_task(_race(t, "race", 2, lambda: t.worker("first", 9), lambda: t.worker("second", 9)))
    await asyncio.sleep(1)
    race.cancel("why")
    await t.attempt("task", race)
    t.log(f"cancelling {race.cancelling()}")


async def staggered_within_staggered(t):
    async def inner():
        await _race(t, "inner", 1, lambda: t.failing("a", 1), lambda: t.worker("b", 9))

    await _race(t, "outer", 3, inner, lambda: t.worker("c", 1))
