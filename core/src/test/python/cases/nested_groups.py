"""Task groups within task groups."""

import asyncio

from cases.groups import _group


async def group_nested_inner_fails(t):
    """A group within a group; the outer one goes on once the failure is handled."""

    async def inner(group):
        group.create_task(t.failing("inner child", 1))
        group.create_task(t.worker("inner sibling", 5))

    async def body(group):
        group.create_task(t.worker("outer child", 3))
        await _group(t, "inner", inner)
        t.log("body goes on")

    await _group(t, "outer", body)


async def group_nested_inner_failure_propagates(t):
    async def inner():
        async with asyncio.TaskGroup() as group:
            group.create_task(t.failing("inner child", 1))

    async def body(group):
        group.create_task(t.worker("outer child", 3))
        await inner()

    await _group(t, "outer", body)


async def group_nested_outer_fails(t):
    async def inner(group):
        group.create_task(t.tidy("inner child", 5, 1))

    async def body(group):
        group.create_task(t.failing("outer child", 1))
        await _group(t, "inner", inner)
        await t.attempt("body sleeps", asyncio.sleep(1))

    await _group(t, "outer", body)
    t.log(f"cancelling {asyncio.current_task().cancelling()}")


async def group_nested_both_fail_at_once(t):
    """The inner group reports its failure, the cancellation of the outer one is not lost."""

    async def inner(group):
        group.create_task(t.failing("inner child", 1))

    async def body(group):
        group.create_task(t.failing("outer child", 1))
        await _group(t, "inner", inner)
        await t.attempt("body sleeps", asyncio.sleep(1))

    await _group(t, "outer", body)
    t.log(f"cancelling {asyncio.current_task().cancelling()}")


async def group_in_child_fails(t):
    async def child():
        async with asyncio.TaskGroup() as group:
            group.create_task(t.failing("grandchild", 1))
            group.create_task(t.worker("its sibling", 5))

    async def body(group):
        group.create_task(child())
        group.create_task(t.worker("child", 5))

    await _group(t, "group", body)
