"""Task groups that are cancelled from outside, by hand or by a timeout."""

import asyncio

from cases.groups import _group
from tracing import describe


async def _cancelled_from_outside(t, body, *cancel_times):
    """Cancels a task with a group at the given times."""
    task = asyncio.create_task(_outer(t, body))
    for number, time in enumerate(cancel_times):
        await asyncio.sleep(time - t.loop.time())
        task.cancel(f"outside {number}")
    await t.attempt("task", task)
    t.log(f"cancelling {task.cancelling()}")


async def _outer(t, body):
    await _group(t, "group", body)
    await t.attempt("sleep after the group", asyncio.sleep(1))


async def group_cancelled_while_waiting(t):
    async def body(group):
        group.create_task(t.worker("a", 5))
        group.create_task(t.tidy("b", 5, 1))

    await _cancelled_from_outside(t, body, 1)


async def group_cancelled_in_body(t):
    async def body(group):
        group.create_task(t.tidy("a", 5, 1))
        await t.worker("body", 5)

    await _cancelled_from_outside(t, body, 1)


async def group_cancelled_in_body_that_cleans_up(t):
    async def body(group):
        group.create_task(t.worker("a", 2))
        await t.tidy("body", 5, 3)

    await _cancelled_from_outside(t, body, 1)


async def group_cancelled_twice_while_waiting(t):
    async def body(group):
        group.create_task(t.tidy("a", 5, 3))

    await _cancelled_from_outside(t, body, 1, 2)


async def group_cancelled_and_child_fails_in_cleanup(t):
    """The group is raised; the cancellation waits for the next suspension."""

    async def body(group):
        group.create_task(t.clumsy("a", 5, 1))

    await _cancelled_from_outside(t, body, 1)


async def group_child_fails_and_is_cancelled_from_outside(t):
    async def body(group):
        group.create_task(t.failing("a", 1))
        group.create_task(t.tidy("b", 5, 3))
        await t.worker("body", 9)

    await _cancelled_from_outside(t, body, 2)


async def group_cancelled_with_stubborn_child(t):
    async def body(group):
        group.create_task(t.stubborn("a", 5, 1))

    await _cancelled_from_outside(t, body, 1)


async def group_in_timeout(t):
    async def body(group):
        group.create_task(t.tidy("a", 5, 1))
        group.create_task(t.worker("b", 5))

    try:
        async with asyncio.timeout(1):
            await _raise_group(body)
    except asyncio.TimeoutError:
        t.log("timed out")
    t.log(f"cancelling {asyncio.current_task().cancelling()}")


async def _raise_group(body):
    async with asyncio.TaskGroup() as group:
        await body(group)


async def group_in_timeout_with_failing_cleanup(t):
    """The group wins over the timeout."""

    async def body(group):
        group.create_task(t.clumsy("a", 5, 1))

    scope = asyncio.timeout(1)
    try:
        async with scope:
            await _raise_group(body)
    except BaseException as exception:
        t.log(f"{describe(exception)}, expired {t.shown(scope.expired())}")
    t.log(f"cancelling {asyncio.current_task().cancelling()}")
    await t.attempt("sleep", asyncio.sleep(1))


async def group_timeout_in_body(t):
    async def body(group):
        group.create_task(t.worker("a", 2))
        try:
            async with asyncio.timeout(1):
                await asyncio.sleep(5)
        except asyncio.TimeoutError:
            t.log("body timed out")

    await _group(t, "group", body)


async def group_timeout_and_child_failure_in_one_iteration(t):
    async def body(group):
        group.create_task(t.failing("a", 1))
        scope = asyncio.timeout(1)
        try:
            async with scope:
                await asyncio.sleep(5)
        finally:
            t.log(f"expired {t.shown(scope.expired())}")

    await _group(t, "group", body)
    t.log(f"cancelling {asyncio.current_task().cancelling()}")


async def group_child_times_out(t):
    async def child():
        async with asyncio.timeout(1):
            await asyncio.sleep(5)

    async def body(group):
        group.create_task(child())
        group.create_task(t.worker("b", 5))

    await _group(t, "group", body)
