"""Cancellation among tasks that await one another."""

import asyncio

from tracing import describe


async def cancel_chain_three_deep(t):
    """A cancel goes down to the innermost awaited future and comes back up."""

    async def level(name, awaited):
        try:
            return await awaited
        except asyncio.CancelledError as cancellation:
            t.log(f"{name} {describe(cancellation)}, cancelling {asyncio.current_task().cancelling()}")
            raise
        finally:
            t.log(f"{name} finally")

    inner = asyncio.create_task(t.worker("inner", 10))
    middle = asyncio.create_task(level("middle", inner))
    outer = asyncio.create_task(level("outer", middle))
    await asyncio.sleep(1)
    t.ticks(6)
    outer.cancel("why")
    t.log(f"cancelling {outer.cancelling()} {middle.cancelling()} {inner.cancelling()}")
    await t.attempt("await", outer)
    for name, task in (("inner", inner), ("middle", middle), ("outer", outer)):
        t.call(name, task.cancelled)


async def cancel_chain_middle_suppresses(t):
    async def middle():
        try:
            return await inner
        except asyncio.CancelledError:
            return "middle suppressed"

    async def outer():
        return await task

    inner = asyncio.create_task(t.worker("inner", 10))
    task = asyncio.create_task(middle())
    top = asyncio.create_task(outer())
    await asyncio.sleep(1)
    top.cancel()
    await t.attempt("await", top)
    t.log(f"cancelling {top.cancelling()} {task.cancelling()} {inner.cancelling()}")


async def cancel_chain_inner_cleans_up(t):
    async def outer():
        return await inner

    inner = asyncio.create_task(t.tidy("inner", 10, 2))
    task = asyncio.create_task(outer())
    await asyncio.sleep(1)
    task.cancel("why")
    await t.attempt("await", task)


async def cancel_child_directly(t):
    """The parent gets CancelledError although nobody cancelled it, and ends cancelled."""

    async def parent():
        return await child

    child = asyncio.create_task(t.worker("child", 10))
    task = asyncio.create_task(parent())
    await asyncio.sleep(1)
    child.cancel("child only")
    await t.attempt("await", task)
    t.log(f"cancelled {t.shown(task.cancelled())}, cancelling {task.cancelling()}")


async def cancelled_child_can_be_told_from_own_cancellation(t):
    async def parent():
        try:
            await child
        except asyncio.CancelledError:
            t.log(f"child cancelled {t.shown(child.cancelled())}, own {asyncio.current_task().cancelling()}")
        return "goes on"

    child = asyncio.create_task(t.worker("child", 10))
    task = asyncio.create_task(parent())
    await asyncio.sleep(1)
    child.cancel()
    t.log(f"result {await task}")


async def parent_cancelled_children_go_on(t):
    children = []

    async def parent():
        children.append(asyncio.create_task(t.worker("child", 3)))
        await asyncio.sleep(10)

    task = asyncio.create_task(parent())
    await asyncio.sleep(1)
    task.cancel()
    await t.attempt("parent", task)
    await t.attempt("child", children[0])


async def cancel_two_tasks_in_order(t):
    first = asyncio.create_task(t.worker("first", 10))
    second = asyncio.create_task(t.worker("second", 10))
    await asyncio.sleep(1)
    second.cancel("second")
    first.cancel("first")
    await asyncio.wait([first, second])


async def awaiter_of_cancelled_task_in_cleanup(t):
    """Two tasks await one that is cancelled and takes its time."""

    async def wait(name):
        try:
            await task
        except asyncio.CancelledError:
            t.log(f"{name} cancelled")

    task = asyncio.create_task(t.tidy("a", 10, 2))
    waiters = [asyncio.create_task(wait(f"waiter {number}")) for number in range(2)]
    await asyncio.sleep(1)
    task.cancel("why")
    await asyncio.sleep(1)
    t.outcome("task", task)
    await asyncio.wait(waiters)
