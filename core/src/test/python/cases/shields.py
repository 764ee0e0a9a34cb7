"""shield: the inner task goes on when the outer future is cancelled."""

import asyncio

from tracing import Failed


async def shield_passes_result(t):
    inner = asyncio.create_task(t.worker("inner", 1))
    outer = asyncio.shield(inner)
    t.log(f"same {t.shown(outer is inner)}")
    t.log(f"result {await outer}")


async def shield_passes_failure(t):
    await t.attempt("outer", asyncio.shield(t.failing("inner", 1)))


async def shield_latency(t):
    """One more hop than the inner task alone."""
    inner = t.loop.create_future()
    outer = asyncio.shield(inner)
    t.ticks(4)
    inner.set_result("value")
    t.outcome("outer", outer)
    t.log(f"result {await outer}")


async def shield_outer_cancelled(t):
    inner = asyncio.create_task(t.worker("inner", 2))
    outer = asyncio.shield(inner)
    t.loop.call_later(1, lambda: t.call("cancel", lambda: outer.cancel("outer")))
    await t.attempt("outer", outer)
    t.outcome("inner", inner)
    await t.attempt("inner", inner)


async def shield_awaiting_task_cancelled(t):
    async def waiter():
        try:
            await asyncio.shield(inner)
        except asyncio.CancelledError:
            t.log("waiter cancelled")
            t.log(f"waiter waits again: {await inner}")
            raise

    inner = asyncio.create_task(t.worker("inner", 3))
    task = asyncio.create_task(waiter())
    await asyncio.sleep(1)
    task.cancel()
    await t.attempt("task", task)


async def shield_awaited_only_once_is_no_longer_protected(t):
    """The second await is of the task itself: the second cancel reaches it."""

    async def waiter():
        try:
            await asyncio.shield(inner)
        except asyncio.CancelledError:
            await inner
            raise

    inner = asyncio.create_task(t.worker("inner", 5))
    task = asyncio.create_task(waiter())
    for _ in range(2):
        await asyncio.sleep(1)
        task.cancel()
    await t.attempt("task", task)
    t.outcome("inner", inner)


async def shield_inner_cancelled(t):
    inner = asyncio.create_task(t.worker("inner", 10))
    outer = asyncio.shield(inner)
    await asyncio.sleep(1)
    inner.cancel("inner")
    await t.attempt("outer", outer)
    t.call("outer cancelled", outer.cancelled)


async def shield_of_done_future_is_itself(t):
    inner = t.loop.create_future()
    inner.set_result("value")
    outer = asyncio.shield(inner)
    t.log(f"same {t.shown(outer is inner)}")
    failed = t.loop.create_future()
    failed.set_exception(Failed("boom"))
    await t.attempt("failed", asyncio.shield(failed))


async def shield_of_coroutine_cancelled(t):
    outer = asyncio.shield(t.worker("inner", 2))
    await asyncio.sleep(1)
    outer.cancel()
    await t.attempt("outer", outer)
    await asyncio.sleep(2)


async def shield_twice(t):
    """Two shields of one task are independent."""
    inner = asyncio.create_task(t.worker("inner", 2))
    first, second = asyncio.shield(inner), asyncio.shield(inner)
    await asyncio.sleep(1)
    first.cancel()
    await t.attempt("first", first)
    await t.attempt("second", second)


async def shield_of_shield(t):
    inner = asyncio.create_task(t.worker("inner", 2))
    middle = asyncio.shield(inner)
    outer = asyncio.shield(middle)
    await asyncio.sleep(1)
    outer.cancel()
    await t.attempt("outer", outer)
    await t.attempt("middle", middle)


async def shield_outer_cancelled_when_inner_is_done(t):
    """The inner future has completed, the outer does not know it yet."""
    inner = t.loop.create_future()
    outer = asyncio.shield(inner)
    inner.set_result("value")
    t.call("cancel", lambda: outer.cancel("why"))
    await t.attempt("outer", outer)
    t.outcome("inner", inner)
    await asyncio.sleep(0)


async def shield_in_gather(t):
    inner = asyncio.create_task(t.worker("inner", 3))
    gathered = asyncio.gather(asyncio.shield(inner), t.worker("other", 3))
    await asyncio.sleep(1)
    gathered.cancel()
    await t.attempt("gathered", gathered)
    await t.attempt("inner", inner)
