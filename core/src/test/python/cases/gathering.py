"""gather, with and without exceptions as results."""

import asyncio

from tracing import Failed


async def gather_results_in_order_of_arguments(t):
    t.log(f"results {t.shown(await asyncio.gather(t.worker('a', 2), t.worker('b', 1), t.worker('c', 3)))}")


async def gather_latency(t):
    t.ticks(4)
    await asyncio.gather(t.worker("a", 0), t.worker("b", 0))
    t.log("main")


async def gather_duplicates(t):
    task = asyncio.create_task(t.worker("a", 1))
    coroutine = t.worker("b", 1)
    t.log(f"results {t.shown(await asyncio.gather(task, coroutine, task, coroutine))}")


async def gather_empty(t):
    gathered = asyncio.gather()
    t.ticks(2)
    t.outcome("gathered", gathered)
    t.log(f"results {t.shown(await gathered)}")
    await asyncio.sleep(0)


async def gather_of_done_futures(t):
    """It is complete at once."""
    futures = [t.loop.create_future() for _ in range(2)]
    for number, future in enumerate(futures):
        future.set_result(number)
    t.ticks(2)
    gathered = asyncio.gather(*futures)
    t.outcome("gathered", gathered)
    t.log(f"results {t.shown(await gathered)}")
    await asyncio.sleep(0)


async def gather_of_failed_and_pending(t):
    failed, pending = t.loop.create_future(), t.loop.create_future()
    failed.set_exception(Failed("boom"))
    gathered = asyncio.gather(pending, failed)
    t.outcome("gathered", gathered)
    await t.attempt("gathered", gathered)
    t.outcome("pending", pending)


async def gather_mixed(t):
    future = t.loop.create_future()
    t.loop.call_later(1, future.set_result, "future")
    task = asyncio.create_task(t.worker("task", 2))
    t.log(f"results {t.shown(await asyncio.gather(future, task, t.worker('coroutine', 0.5)))}")


async def gather_first_exception(t):
    """It arrives at once, the siblings go on."""
    slow = asyncio.create_task(t.worker("slow", 3))
    await t.attempt("gathered", asyncio.gather(t.failing("a", 2), t.failing("b", 1), slow))
    t.outcome("slow", slow)
    await asyncio.sleep(1.5)
    await t.attempt("slow", slow)


async def gather_later_exception_is_dropped(t):
    await t.attempt("gathered", asyncio.gather(t.failing("a", 1), t.failing("b", 1), t.failing("c", 2)))
    await asyncio.sleep(2)


async def gather_return_exceptions(t):
    gathered = asyncio.gather(t.worker("a", 2), t.failing("b", 1), t.failing("c", 3), return_exceptions=True)
    t.log(f"results {t.shown(await gathered)}")


async def gather_return_exceptions_with_cancelled_child(t):
    child = asyncio.create_task(t.worker("a", 5))
    t.loop.call_later(1, child.cancel)
    t.log(f"results {t.shown(await asyncio.gather(child, t.worker('b', 2), return_exceptions=True))}")


async def gather_child_cancelled(t):
    """The cancellation counts as the first exception; the gathering future itself is not cancelled."""
    child = asyncio.create_task(t.worker("a", 5))
    sibling = asyncio.create_task(t.worker("b", 2))
    gathered = asyncio.gather(child, sibling)
    t.loop.call_later(1, child.cancel, "child only")
    await t.attempt("gathered", gathered)
    t.call("cancelled", gathered.cancelled)
    t.log(f"cancelling {asyncio.current_task().cancelling()}")
    t.outcome("sibling", sibling)
    await t.attempt("sibling", sibling)


async def gather_nested(t):
    inner = asyncio.gather(t.worker("a", 1), t.worker("b", 2))
    outer = asyncio.gather(inner, t.worker("c", 1))
    t.log(f"results {t.shown(await outer)}")


async def gather_nested_failure(t):
    inner = asyncio.gather(t.failing("a", 1), t.worker("b", 3), return_exceptions=True)
    outer = asyncio.gather(inner, t.failing("c", 2))
    await t.attempt("outer", outer)
    await t.attempt("inner", inner)


async def gather_not_awaited_runs(t):
    gathered = asyncio.gather(t.worker("a", 1), t.worker("b", 2))
    await asyncio.sleep(3)
    t.outcome("gathered", gathered)
