"""Cancelling what gather returned, or who awaits it."""

import asyncio


async def gather_cancelled(t):
    """All children are cancelled; it ends with the first of them."""
    tasks = [asyncio.create_task(t.worker("a", 5)), asyncio.create_task(t.tidy("b", 5, 1))]
    gathered = asyncio.gather(*tasks)
    await asyncio.sleep(1)
    t.call("cancel", lambda: gathered.cancel("why"))
    t.outcome("gathered", gathered)
    await t.attempt("gathered", gathered)
    t.call("cancelled", gathered.cancelled)
    t.outcome("a", tasks[0])
    t.outcome("b", tasks[1])
    await asyncio.sleep(2)


async def gather_cancelled_return_exceptions(t):
    """It ends when all children have, and raises the cancellation all the same."""
    tasks = [asyncio.create_task(t.worker("a", 5)), asyncio.create_task(t.tidy("b", 5, 1))]
    gathered = asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.sleep(1)
    t.call("cancel", gathered.cancel)
    await t.attempt("gathered", gathered)
    t.call("cancelled", gathered.cancelled)


async def gather_cancelled_with_stubborn_children(t):
    """The children ended normally; the request to cancel still counts."""
    gathered = asyncio.gather(t.stubborn("a", 5, 1), t.stubborn("b", 5, 2))
    await asyncio.sleep(1)
    t.call("cancel", gathered.cancel)
    await t.attempt("gathered", gathered)


async def gather_cancelled_with_failing_cleanup(t):
    gathered = asyncio.gather(t.clumsy("a", 5, 1), t.clumsy("b", 5, 2))
    await asyncio.sleep(1)
    gathered.cancel()
    await t.attempt("gathered", gathered)
    await asyncio.sleep(2)


async def gather_cancelled_when_done(t):
    gathered = asyncio.gather(t.worker("a", 1), t.worker("b", 1))
    await gathered
    t.call("cancel", gathered.cancel)


async def gather_cancelled_when_children_are_done(t):
    """The children have ended and the gathering future does not know it yet: it refuses."""

    async def child():
        return await future

    future = t.loop.create_future()
    gathered = asyncio.gather(child())
    await asyncio.sleep(0)
    future.add_done_callback(lambda _: t.call("cancel", gathered.cancel))
    future.set_result("value")
    await t.attempt("gathered", gathered)
    t.call("cancelled", gathered.cancelled)


async def gather_cancelled_after_failure(t):
    """The siblings are out of its reach."""
    slow = asyncio.create_task(t.worker("slow", 3))
    gathered = asyncio.gather(t.failing("a", 1), slow)
    await t.attempt("gathered", gathered)
    t.call("cancel", gathered.cancel)
    await t.attempt("slow", slow)


async def gather_cancelled_before_children_start(t):
    gathered = asyncio.gather(t.worker("a", 1), t.worker("b", 1))
    gathered.cancel()
    await t.attempt("gathered", gathered)


async def gather_awaiting_task_cancelled(t):
    async def waiter():
        await asyncio.gather(t.worker("a", 5), t.worker("b", 5))

    task = asyncio.create_task(waiter())
    await asyncio.sleep(1)
    task.cancel("why")
    await t.attempt("task", task)
    t.log(f"cancelling {task.cancelling()}")


async def gather_awaiting_task_cancelled_when_children_are_done(t):
    """Nothing is left to cancel, so the cancellation is delivered at the next step."""

    async def waiter():
        t.log(f"results {t.shown(await asyncio.gather(first, second))}")

    first, second = t.loop.create_future(), t.loop.create_future()
    task = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    first.set_result(1)
    second.set_result(2)
    t.call("cancel", lambda: task.cancel("why"))
    await t.attempt("task", task)


async def gather_nested_cancelled(t):
    inner = asyncio.gather(t.worker("a", 5), t.worker("b", 5))
    outer = asyncio.gather(inner, t.worker("c", 5))
    await asyncio.sleep(1)
    t.call("cancel", lambda: outer.cancel("why"))
    await t.attempt("outer", outer)
    await t.attempt("inner", inner)
