"""as_completed."""

import asyncio

from cases.waiting import _task
from tracing import Failed


async def as_completed_in_order_of_completion(t):
    """The iteration gives the original tasks."""
    tasks = [_task("a", t.worker("a", 2)), _task("b", t.worker("b", 1)), _task("c", t.worker("c", 3))]
    async for task in asyncio.as_completed(tasks):
        t.log(f"{task.get_name()} is tasks[{tasks.index(task)}], result {await task}")


async def as_completed_all_at_once(t):
    tasks = [_task("a", t.worker("a", 1)), _task("b", t.worker("b", 1)), _task("c", t.worker("c", 1))]
    t.loop.call_later(1, lambda: t.ticks(5))
    async for task in asyncio.as_completed(tasks):
        t.log(task.get_name())


async def as_completed_with_slow_consumer(t):
    tasks = [_task("a", t.worker("a", 2)), _task("b", t.worker("b", 1)), _task("c", t.worker("c", 3))]
    async for task in asyncio.as_completed(tasks):
        await asyncio.sleep(5)
        t.log(task.get_name())


async def as_completed_of_done_task(t):
    """It suspends until the callback of the done task has run."""
    task = _task("a", t.worker("a", 0))
    await task
    t.ticks(4)
    async for each in asyncio.as_completed([task]):
        t.log(each.get_name())


async def as_completed_with_failures(t):
    tasks = [_task("a", t.worker("a", 2)), _task("b", t.failing("b", 1)), _task("c", t.worker("c", 9))]
    t.loop.call_later(3, tasks[2].cancel, "why")
    async for task in asyncio.as_completed(tasks):
        await t.attempt(task.get_name(), task)


async def as_completed_times_out(t):
    """The error comes from the next item; the tasks go on."""
    tasks = [_task("a", t.worker("a", 1)), _task("b", t.worker("b", 3)), _task("c", t.worker("c", 4))]
    try:
        async for task in asyncio.as_completed(tasks, timeout=2):
            t.log(f"{task.get_name()} completed")
    except asyncio.TimeoutError:
        t.log("timed out")
    await asyncio.sleep(5)


async def as_completed_timeout_not_reached(t):
    tasks = [_task("a", t.worker("a", 1)), _task("b", t.worker("b", 2))]
    async for task in asyncio.as_completed(tasks, timeout=3):
        t.log(f"{task.get_name()} completed")
    await asyncio.sleep(5)


async def as_completed_before_the_timeout_with_slow_consumer(t):
    """What completed in time is given first, however late it is asked for."""
    tasks = [_task("a", t.worker("a", 1)), _task("b", t.worker("b", 1.5)), _task("c", t.worker("c", 9))]
    try:
        async for task in asyncio.as_completed(tasks, timeout=2):
            t.log(f"{task.get_name()} completed")
            await asyncio.sleep(3)
    except asyncio.TimeoutError:
        t.log("timed out")


async def as_completed_empty(t):
    async for task in asyncio.as_completed([]):
        t.log(f"{task} completed")
    t.log("end")


async def as_completed_duplicates(t):
    task = _task("a", t.worker("a", 1))
    async for each in asyncio.as_completed([task, task]):
        t.log(f"{each.get_name()} completed")


async def as_completed_left_early(t):
    tasks = [_task("a", t.worker("a", 1)), _task("b", t.worker("b", 2))]
    async for task in asyncio.as_completed(tasks):
        t.log(f"{task.get_name()} completed")
        break
    await t.attempt("b", tasks[1])


async def as_completed_cancelled(t):
    async def waiter():
        async for task in asyncio.as_completed(tasks):
            t.log(f"{task.get_name()} completed")

    tasks = [_task("a", t.worker("a", 1)), _task("b", t.worker("b", 3))]
    task = asyncio.create_task(waiter())
    await asyncio.sleep(2)
    task.cancel("why")
    await t.attempt("task", task)
    await t.attempt("b", tasks[1])


async def as_completed_in_timeout_scope(t):
    tasks = [_task("a", t.worker("a", 1)), _task("b", t.worker("b", 3))]
    try:
        async with asyncio.timeout(2):
            async for task in asyncio.as_completed(tasks):
                t.log(f"{task.get_name()} completed")
    except asyncio.TimeoutError:
        t.log("timed out")
    t.log(f"b {await tasks[1]}")


async def as_completed_fails_in_the_body(t):
    tasks = [_task("a", t.worker("a", 1)), _task("b", t.worker("b", 2))]
    try:
        async for task in asyncio.as_completed(tasks):
            raise Failed(f"body for {task.get_name()}")
    except Failed as failure:
        t.log(f"failed: {failure}")
    await asyncio.sleep(2)
