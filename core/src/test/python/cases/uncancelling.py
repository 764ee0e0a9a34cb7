"""Cancellations that are taken back, by a program and by a timeout that it makes itself."""

import asyncio

from tracing import describe


async def uncancel_after_future_done(t):
    """The future's value is not lost."""

    async def waiter():
        return await future

    future = t.loop.create_future()
    task = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    future.set_result("value")
    task.cancel("why")
    t.log(f"cancelling {task.cancelling()}")
    t.log(f"uncancel {task.uncancel()}")
    await t.attempt("await", task)


async def uncancel_between_two_cancellations(t):
    async def body():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError as cancellation:
            t.log(f"first {describe(cancellation)}")
            t.log(f"uncancel {asyncio.current_task().uncancel()}")
            await asyncio.sleep(10)

    task = asyncio.create_task(body())
    await asyncio.sleep(1)
    t.call("cancel", lambda: task.cancel("first"))
    t.log(f"cancelling {task.cancelling()}")
    await asyncio.sleep(1)
    t.log(f"cancelling {task.cancelling()}")
    t.call("cancel", lambda: task.cancel("second"))
    await t.attempt("await", task)
    t.log(f"uncancel {task.uncancel()}")
    t.outcome("task", task)


async def timeout_made_by_hand(t):
    """A timer cancels the task; who set it takes the cancellation back and goes on."""

    async def limited(name, delay, limit):
        task = asyncio.current_task()
        expired = []

        def expire():
            expired.append(True)
            task.cancel()

        timer = t.loop.call_later(limit, expire)
        try:
            await t.worker(name, delay)
        except asyncio.CancelledError:
            if not expired or task.uncancel() > 0:
                raise
            t.log(f"{name} timed out")
        finally:
            timer.cancel()
        await asyncio.sleep(0)
        t.log(f"{name} goes on, cancelling {task.cancelling()}")

    await asyncio.create_task(limited("slow", 10, 1))
    await asyncio.create_task(limited("quick", 1, 10))
    cancelled = asyncio.create_task(limited("cancelled", 10, 2))
    t.loop.call_later(1, cancelled.cancel, "from outside")
    await t.attempt("await", cancelled)
    both = asyncio.create_task(limited("both", 10, 2))
    t.loop.call_later(2, both.cancel, "from outside")
    await t.attempt("await", both)
    t.log(f"cancelling {both.cancelling()}")
