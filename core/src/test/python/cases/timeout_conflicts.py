"""A deadline against other deadlines, other tasks and cancellation from outside."""

import asyncio

from cases.timeouts import _scope


async def timeout_nested_inner_expires(t):
    async def inner():
        await _scope(t, "inner", asyncio.timeout(1), t.worker("a", 9))
        await asyncio.sleep(0.5)

    await _scope(t, "outer", asyncio.timeout(2), inner())


async def timeout_nested_outer_expires(t):
    async def inner():
        scope = asyncio.timeout(2)
        try:
            async with scope:
                await t.worker("a", 9)
        finally:
            t.log(f"inner expired {t.shown(scope.expired())}")

    await _scope(t, "outer", asyncio.timeout(1), inner())


async def timeout_nested_same_deadline(t):
    async def inner():
        async with asyncio.timeout_at(1):
            await t.worker("a", 9)

    async def logged():
        try:
            await inner()
        except asyncio.TimeoutError:
            t.log("inner timed out")
            raise

    await _scope(t, "outer", asyncio.timeout_at(1), logged())
    t.log(f"cancelling {asyncio.current_task().cancelling()}")


async def timeout_nested_same_deadline_inner_handled(t):
    """The outer one has expired too and meets no suspension: it stays silent."""

    async def inner():
        await _scope(t, "inner", asyncio.timeout_at(1), t.worker("a", 9))

    await _scope(t, "outer", asyncio.timeout_at(1), inner())
    t.log(f"cancelling {asyncio.current_task().cancelling()}")
    await asyncio.sleep(1)


async def timeout_nested_outer_expires_in_cleanup_of_inner(t):
    async def inner():
        async with asyncio.timeout(1):
            await t.tidy("a", 9, 5)

    await _scope(t, "outer", asyncio.timeout(2), inner())
    t.log(f"cancelling {asyncio.current_task().cancelling()}")


async def timeout_task_cancelled_from_outside(t):
    async def body():
        await _scope(t, "scope", asyncio.timeout(5), t.worker("a", 9))

    task = asyncio.create_task(body())
    await asyncio.sleep(1)
    task.cancel("outside")
    await t.attempt("task", task)
    t.log(f"cancelling {task.cancelling()}")


async def timeout_and_outside_cancel_in_one_iteration(t):
    """Someone else wants the task to end: CancelledError passes through."""

    async def body():
        await _scope(t, "scope", asyncio.timeout(1), t.worker("a", 9))

    task = asyncio.create_task(body())
    await asyncio.sleep(0)
    t.loop.call_later(1, lambda: t.call("cancel", lambda: task.cancel("outside")))
    await t.attempt("task", task)
    t.log(f"cancelling {task.cancelling()}")


async def outside_cancel_just_before_timeout(t):
    async def body():
        await _scope(t, "scope", asyncio.timeout(1), t.worker("a", 9))

    t.loop.call_later(1, lambda: t.call("cancel", lambda: task.cancel("outside")))
    task = asyncio.create_task(body())
    await t.attempt("task", task)
    t.log(f"cancelling {task.cancelling()}")


async def outside_cancel_in_cleanup_of_timeout(t):
    async def body():
        await _scope(t, "scope", asyncio.timeout(1), t.tidy("a", 9, 5))

    task = asyncio.create_task(body())
    await asyncio.sleep(2)
    task.cancel("outside")
    await t.attempt("task", task)
    t.log(f"cancelling {task.cancelling()}")


async def timeout_in_cleanup_of_cancelled_task(t):
    """A count from before the scope does not keep it from converting."""

    async def body():
        try:
            await asyncio.sleep(9)
        finally:
            t.log(f"cancelling {asyncio.current_task().cancelling()}")
            await _scope(t, "scope", asyncio.timeout(1), t.worker("cleanup", 5))
            t.log(f"cancelling {asyncio.current_task().cancelling()}")

    task = asyncio.create_task(body())
    await asyncio.sleep(1)
    task.cancel("outside")
    await t.attempt("task", task)


async def timeout_body_raises_cancelled_itself(t):
    async def body():
        raise asyncio.CancelledError("own")

    await _scope(t, "scope", asyncio.timeout(1), body())


async def timeout_when_awaited_task_is_cancelled_by_others(t):
    inner = asyncio.create_task(t.worker("inner", 9))
    t.loop.call_later(1, inner.cancel, "inner")

    async def body():
        await inner

    await _scope(t, "scope", asyncio.timeout(5), body())


async def timeout_cancels_the_awaited_task(t):
    async def body():
        await inner

    inner = asyncio.create_task(t.tidy("inner", 9, 1))
    await _scope(t, "scope", asyncio.timeout(1), body())
    t.outcome("inner", inner)


async def timeout_around_shield(t):
    async def body():
        await asyncio.shield(inner)

    inner = asyncio.create_task(t.worker("inner", 3))
    await _scope(t, "scope", asyncio.timeout(1), body())
    t.log(f"inner {await inner}")
