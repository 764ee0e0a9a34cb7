"""wait_for: one awaitable, at most so long."""

import asyncio

from tracing import Failed


async def wait_for_in_time(t):
    await t.attempt("coroutine", asyncio.wait_for(t.worker("a", 1), 2))
    await t.attempt("task", asyncio.wait_for(asyncio.create_task(t.worker("b", 1)), 2))
    await t.attempt("failing", asyncio.wait_for(t.failing("c", 1), 2))


async def wait_for_runs_coroutine_inline(t):
    async def body():
        t.log(f"in {asyncio.current_task().get_name()}")
        return "value"

    t.ticks(1)
    t.log(f"result {await asyncio.wait_for(body(), 1)}")


async def wait_for_expires(t):
    await t.attempt("coroutine", asyncio.wait_for(t.worker("a", 5), 1))
    task = asyncio.create_task(t.worker("b", 5))
    await t.attempt("task", asyncio.wait_for(task, 1))
    t.outcome("task", task)
    t.log(f"cancelling {asyncio.current_task().cancelling()} {task.cancelling()}")


async def wait_for_cancels_future(t):
    future = t.loop.create_future()
    await t.attempt("future", asyncio.wait_for(future, 1))
    t.outcome("future", future)


async def wait_for_zero_of_done_future(t):
    future = t.loop.create_future()
    future.set_result("value")
    t.ticks(1)
    await t.attempt("zero", asyncio.wait_for(future, 0))
    await t.attempt("negative", asyncio.wait_for(future, -1))


async def wait_for_zero_never_starts_the_body(t):
    t.ticks(4)
    await t.attempt("zero", asyncio.wait_for(t.worker("a", 0), 0))
    await t.attempt("negative", asyncio.wait_for(t.worker("b", 0), -1))


async def wait_for_zero_of_running_task(t):
    task = asyncio.create_task(t.tidy("a", 5, 1))
    await asyncio.sleep(0)
    await t.attempt("zero", asyncio.wait_for(task, 0))
    t.outcome("task", task)


async def wait_for_zero_of_stubborn_task(t):
    task = asyncio.create_task(t.stubborn("a", 5, 1))
    await asyncio.sleep(0)
    await t.attempt("zero", asyncio.wait_for(task, 0))


async def wait_for_zero_of_clumsy_task(t):
    task = asyncio.create_task(t.clumsy("a", 5, 1))
    await asyncio.sleep(0)
    await t.attempt("zero", asyncio.wait_for(task, 0))


async def wait_for_suppressed_timeout_returns_late(t):
    await t.attempt("coroutine", asyncio.wait_for(t.stubborn("a", 5, 2), 1))
    await t.attempt("task", asyncio.wait_for(asyncio.create_task(t.stubborn("b", 5, 2)), 1))


async def wait_for_waits_for_cleanup(t):
    await t.attempt("coroutine", asyncio.wait_for(t.tidy("a", 5, 2), 1))
    await t.attempt("task", asyncio.wait_for(asyncio.create_task(t.tidy("b", 5, 2)), 1))


async def wait_for_failing_cleanup(t):
    await t.attempt("coroutine", asyncio.wait_for(t.clumsy("a", 5, 2), 1))
    await t.attempt("task", asyncio.wait_for(asyncio.create_task(t.clumsy("b", 5, 2)), 1))
    t.log(f"cancelling {asyncio.current_task().cancelling()}")


async def wait_for_cancelled_from_outside(t):
    async def waiter():
        await asyncio.wait_for(inner, 5)

    inner = asyncio.create_task(t.worker("inner", 10))
    task = asyncio.create_task(waiter())
    await asyncio.sleep(1)
    task.cancel("why")
    await t.attempt("task", task)
    t.outcome("inner", inner)


async def wait_for_inner_cancelled(t):
    """That is no timeout."""
    inner = asyncio.create_task(t.worker("inner", 10))
    t.loop.call_later(1, inner.cancel, "inner")
    await t.attempt("wait_for", asyncio.wait_for(inner, 5))


async def wait_for_result_and_timeout_in_one_iteration(t):
    """The value was there first; the cancel still takes it away."""
    future = t.loop.create_future()
    t.loop.call_later(1, future.set_result, "value")
    await t.attempt("value first", asyncio.wait_for(future, 1))
    future = t.loop.create_future()

    async def waiter():
        await t.attempt("timeout first", asyncio.wait_for(future, 1))

    task = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    t.loop.call_later(1, lambda: t.call("set_result", lambda: future.set_result("value")))
    await task


async def wait_for_sleep_of_the_same_length(t):
    await t.attempt("wait_for", asyncio.wait_for(t.worker("a", 1), 1))


async def wait_for_nested(t):
    await t.attempt("inner shorter", asyncio.wait_for(asyncio.wait_for(t.worker("a", 9), 1), 2))
    await t.attempt("outer shorter", asyncio.wait_for(asyncio.wait_for(t.worker("b", 9), 2), 1))
    await t.attempt("same", asyncio.wait_for(asyncio.wait_for(t.worker("c", 9), 1), 1))


async def wait_for_shield(t):
    inner = asyncio.create_task(t.worker("inner", 3))
    await t.attempt("wait_for", asyncio.wait_for(asyncio.shield(inner), 1))
    t.outcome("inner", inner)
    await t.attempt("inner", inner)


async def wait_for_gather(t):
    await t.attempt("wait_for", asyncio.wait_for(asyncio.gather(t.worker("a", 5), t.worker("b", 0.5)), 1))


async def wait_for_in_a_retry_loop(t):
    async def flaky(number):
        if number == 1:
            raise Failed("refused once")
        await asyncio.sleep(3 - number)
        return f"attempt {number}"

    for number in range(3):
        try:
            t.log(f"result {await asyncio.wait_for(flaky(number), 1.5)}")
            break
        except (Failed, asyncio.TimeoutError) as failure:
            t.log(f"attempt {number} {'timed out' if isinstance(failure, asyncio.TimeoutError) else failure}")
            await asyncio.sleep(2**number)


async def wait_for_timeout_of_the_body_itself(t):
    """A TimeoutError the body raises passes through."""

    async def body():
        await asyncio.sleep(1)
        raise asyncio.TimeoutError

    await t.attempt("wait_for", asyncio.wait_for(body(), 5))
