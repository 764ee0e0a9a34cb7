"""Cancelling one task: when it arrives, what it replaces and who counts it."""

import asyncio

from tracing import Failed, describe


async def cancel_before_start(t):
    task = asyncio.create_task(t.worker("a", 1))
    t.call("cancel", lambda: task.cancel("why"))
    t.outcome("task", task)
    await t.attempt("await", task)
    t.call("cancelled", task.cancelled)


async def cancel_while_sleeping(t):
    task = asyncio.create_task(t.worker("a", 10))
    await asyncio.sleep(1)
    t.call("cancel", lambda: task.cancel("why"))
    t.outcome("task", task)
    t.log(f"cancelling {task.cancelling()}")
    await t.attempt("await", task)
    t.call("cancelled", task.cancelled)
    t.call("cancel again", task.cancel)


async def cancel_without_message(t):
    task = asyncio.create_task(t.worker("a", 10))
    await asyncio.sleep(1)
    task.cancel()
    await t.attempt("await", task)


async def cancel_latency(t):
    """One hop to the awaited future, one to the task, one to who awaits the task."""
    task = asyncio.create_task(t.worker("a", 10))
    await asyncio.sleep(0)
    task.cancel()
    t.ticks(4)
    await t.attempt("await", task)


async def cancel_twice_same_iteration(t):
    task = asyncio.create_task(t.stubborn("a", 10, 1))
    await asyncio.sleep(0)
    t.call("first", lambda: task.cancel("first"))
    t.call("second", lambda: task.cancel("second"))
    t.log(f"cancelling {task.cancelling()}")
    await t.attempt("await", task)
    t.log(f"cancelling {task.cancelling()}")


async def cancel_twice_before_start(t):
    """Without an awaited future the later message replaces the earlier."""
    task = asyncio.create_task(t.worker("a", 1))
    task.cancel("first")
    task.cancel("second")
    await t.attempt("await", task)


async def cancel_twice_in_cleanup(t):
    """The second one interrupts the cleanup."""
    task = asyncio.create_task(t.tidy("a", 10, 5))
    await asyncio.sleep(1)
    task.cancel("first")
    await asyncio.sleep(1)
    task.cancel("second")
    await t.attempt("await", task)
    t.log(f"cancelling {task.cancelling()}")


async def cancel_finally_awaits(t):
    task = asyncio.create_task(t.tidy("a", 10, 5))
    await asyncio.sleep(1)
    task.cancel("why")
    await t.attempt("await", task)


async def cancel_nested_finally_blocks_await(t):
    async def level(depth):
        try:
            await (level(depth - 1) if depth else asyncio.sleep(10))
        finally:
            t.log(f"finally {depth}")
            await asyncio.sleep(1)
            t.log(f"finally {depth} ends")

    task = asyncio.create_task(level(2))
    await asyncio.sleep(1)
    task.cancel("why")
    await t.attempt("await", task)


async def cleanup_failure_replaces_cancellation(t):
    task = asyncio.create_task(t.clumsy("a", 10, 1))
    await asyncio.sleep(1)
    task.cancel()
    await t.attempt("await", task)
    t.call("cancelled", task.cancelled)


async def catch_and_return(t):
    task = asyncio.create_task(t.stubborn("a", 10, 0))
    await asyncio.sleep(1)
    task.cancel()
    await t.attempt("await", task)
    t.call("cancelled", task.cancelled)
    t.log(f"cancelling {task.cancelling()}")


async def catch_and_go_on(t):
    """Cancellation is delivered once; whoever catches it may go on."""

    async def persistent():
        for number in range(3):
            await t.attempt(f"sleep {number}", asyncio.sleep(2))
        return "done"

    task = asyncio.create_task(persistent())
    await asyncio.sleep(1)
    task.cancel("first")
    await asyncio.sleep(3)
    task.cancel("second")
    t.log(f"result {await task}, cancelling {task.cancelling()}")


async def cancelled_error_without_cancel(t):
    async def own():
        await asyncio.sleep(1)
        raise asyncio.CancelledError("own")

    task = asyncio.create_task(own())
    await t.attempt("await", task)
    t.call("cancelled", task.cancelled)
    t.log(f"cancelling {task.cancelling()}")


async def uncancel_clears_undelivered_cancellation(t):
    async def body():
        t.log("body")
        await asyncio.sleep(1)
        return "value"

    task = asyncio.create_task(body())
    task.cancel("why")
    t.log(f"cancelling {task.cancelling()}")
    t.log(f"uncancel {task.uncancel()}")
    await t.attempt("await", task)


async def uncancel_one_of_two_keeps_cancellation(t):
    task = asyncio.create_task(t.worker("a", 1))
    task.cancel("first")
    task.cancel("second")
    t.log(f"uncancel {task.uncancel()}")
    await t.attempt("await", task)
    t.log(f"cancelling {task.cancelling()}")


async def uncancel_does_not_recall_a_delivered_cancellation(t):
    task = asyncio.create_task(t.worker("a", 10))
    await asyncio.sleep(1)
    task.cancel("why")
    t.log(f"uncancel {task.uncancel()}")
    await t.attempt("await", task)


async def uncancel_stops_at_zero(t):
    task = asyncio.create_task(t.worker("a", 1))
    t.log(f"uncancel {task.uncancel()}")
    t.log(f"cancelling {task.cancelling()}")
    t.log(f"result {await task}")


async def cancel_after_future_done(t):
    """The future's value is lost."""

    async def waiter():
        try:
            t.log(f"value {await future}")
        except asyncio.CancelledError as cancellation:
            t.log(f"waiter {describe(cancellation)}")
            raise

    future = t.loop.create_future()
    task = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    future.set_result("value")
    t.call("cancel", lambda: task.cancel("why"))
    t.outcome("future", future)
    await t.attempt("await", task)


async def cancel_after_future_failed(t):
    async def waiter():
        await t.attempt("waiter", future)

    future = t.loop.create_future()
    task = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    future.set_exception(Failed("boom"))
    task.cancel("why")
    await t.attempt("await", task)


async def cancel_when_child_is_done(t):
    async def parent():
        t.log(f"child gave {await child}")

    child = asyncio.create_task(t.worker("child", 1))
    task = asyncio.create_task(parent())
    child.add_done_callback(lambda _: t.call("cancel", lambda: task.cancel("why")))
    await t.attempt("await", task)
    t.outcome("child", child)


async def cancel_when_timer_is_due(t):
    """The sleep is over in the iteration in which the cancel comes."""
    task = asyncio.create_task(t.worker("a", 1))
    await asyncio.sleep(0)
    t.loop.call_later(1, lambda: t.call("cancel", lambda: task.cancel("why")))
    await t.attempt("await", task)


async def cancel_last_step(t):
    async def own():
        asyncio.current_task().cancel("own")
        t.log("returns")
        return "value"

    task = asyncio.create_task(own())
    await t.attempt("await", task)
    t.call("cancelled", task.cancelled)


async def cancel_self_then_raise(t):
    async def own():
        asyncio.current_task().cancel("own")
        raise Failed("boom")

    task = asyncio.create_task(own())
    await t.attempt("await", task)
    t.log(f"cancelling {task.cancelling()}")


async def cancel_self_then_suspend(t):
    async def own():
        asyncio.current_task().cancel("own")
        t.log("goes on")
        done = t.loop.create_future()
        done.set_result("value")
        await t.attempt("await of done future", done)
        await t.attempt("sleep of zero", asyncio.sleep(0))
        await t.attempt("second sleep", asyncio.sleep(0))
        return "value"

    t.ticks(4)
    await t.attempt("await", asyncio.create_task(own()))


async def cancel_self_then_await_future(t):
    """The awaited future is cancelled at once."""

    async def own():
        asyncio.current_task().cancel("own")
        await t.attempt("await of future", future)
        return "value"

    future = t.loop.create_future()
    t.ticks(4)
    await t.attempt("await", asyncio.create_task(own()))
    t.outcome("future", future)


async def cancel_stops_the_timer_of_sleep(t):
    task = asyncio.create_task(t.worker("a", 10))
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait([task])
    await asyncio.sleep(20)


async def cancel_current_task_from_callback(t):
    task = asyncio.current_task()
    t.loop.call_later(1, task.cancel, "from callback")
    await t.attempt("sleep", asyncio.sleep(10))
    t.log(f"uncancel {task.uncancel()}")
    await asyncio.sleep(1)


async def cancel_awaited_future_from_outside(t):
    future = t.loop.create_future()
    t.loop.call_later(1, future.cancel, "future only")
    await t.attempt("await", future)
    t.log(f"cancelling {asyncio.current_task().cancelling()}")


async def cancel_while_ready_to_run(t):
    """A task that sleeps 0 is between two steps when the cancel comes."""

    async def spinning():
        for number in range(5):
            t.log(f"spin {number}")
            await asyncio.sleep(0)

    task = asyncio.create_task(spinning())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel("why")
    await t.attempt("await", task)


async def cancel_main_ends_cancelled(t):
    asyncio.current_task().cancel("main")
    await asyncio.sleep(1)


async def message_of_a_cancelled_task_is_read_once(t):
    """CPython hands out the exception that ended the task once, later ones have no message."""
    task = asyncio.create_task(t.worker("a", 10))
    await asyncio.sleep(1)
    task.cancel("why")
    await asyncio.wait([task])
    t.call("first", task.result)
    t.call("second", task.result)
    t.call("exception", task.exception)
    await t.attempt("await", task)
