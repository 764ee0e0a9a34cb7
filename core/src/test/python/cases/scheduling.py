"""Callbacks, timers and iterations of the loop."""

import asyncio

from tracing import Failed


async def fifo_and_snapshot(t):
    loop = t.loop

    def first():
        t.log("first")
        loop.call_soon(t.logger("scheduled by first"))

    def second():
        t.log("second")
        loop.call_soon(t.logger("scheduled by second"))

    t.ticks(4)
    loop.call_soon(first)
    loop.call_soon(second)
    await asyncio.sleep(0)
    t.log("main after one iteration")
    await asyncio.sleep(0)
    t.log("main after two iterations")


async def due_timer_runs_after_ready_callbacks(t):
    loop = t.loop
    loop.call_later(0, t.logger("timer of delay 0"))
    loop.call_at(loop.time() - 1, t.logger("timer of the past"))
    loop.call_soon(t.logger("soon 1"))
    loop.call_soon(t.logger("soon 2"))
    await asyncio.sleep(0)
    loop.call_soon(t.logger("soon 3"))
    await asyncio.sleep(0)


async def timers_equal_when(t):
    for number in range(6):
        t.loop.call_at(1, t.logger(f"timer {number}"))
    await asyncio.sleep(2)


async def timers_equal_when_by_different_ways(t):
    loop = t.loop
    loop.call_later(1, t.logger("later 1"))
    loop.call_at(loop.time() + 1, t.logger("at 1"))
    await asyncio.sleep(0.5)
    loop.call_later(0.5, t.logger("later 0.5"))
    loop.call_at(1, t.logger("at 1 again"))
    await asyncio.sleep(0.5)
    t.log("main")


async def timers_in_order_of_deadline(t):
    for delay in (3, 1, 2, 0.5, 2.5, 1.5):
        t.loop.call_later(delay, t.logger(f"timer of {t.shown(delay)}"))
    await asyncio.sleep(4)


async def past_due_call_at(t):
    """A deadline in the past counts as it is: the oldest runs first."""
    await asyncio.sleep(5)
    loop = t.loop
    loop.call_at(4, t.logger("due at 4"))
    loop.call_later(0, t.logger("due now"))
    loop.call_at(2, t.logger("due at 2"))
    loop.call_later(-2, t.logger("delay -2"))
    loop.call_at(3, t.logger("due at 3"))
    await asyncio.sleep(1)


async def timer_scheduled_by_timer(t):
    loop = t.loop

    def outer():
        t.log("outer")
        loop.call_later(0, t.logger("inner of delay 0"))
        loop.call_soon(t.logger("inner soon"))
        loop.call_at(0.5, t.logger("inner of the past"))

    loop.call_later(1, outer)
    loop.call_later(1, t.logger("second timer"))
    await asyncio.sleep(1)
    t.log("main")
    await asyncio.sleep(1)


async def timer_cancelled(t):
    handle = t.loop.call_later(1, t.logger("cancelled timer"))
    t.loop.call_later(2, t.logger("other timer"))
    t.log(f"when {t.shown(handle.when())}")
    handle.cancel()
    handle.cancel()
    t.log(f"cancelled {t.shown(handle.cancelled())}")
    await asyncio.sleep(3)


async def timer_cancelled_when_due(t):
    """Both timers are due in one iteration, the first cancels the second."""
    loop = t.loop

    def first():
        t.log("first")
        second.cancel()

    loop.call_later(1, first)
    second = loop.call_later(1, t.logger("second"))
    loop.call_later(1, t.logger("third"))
    await asyncio.sleep(2)
    t.log(f"cancelled {t.shown(second.cancelled())}")


async def soon_cancelled(t):
    loop = t.loop
    loop.call_soon(lambda: last.cancel())
    loop.call_soon(t.logger("middle"))
    last = loop.call_soon(t.logger("last"))
    await asyncio.sleep(0)
    t.log(f"cancelled {t.shown(last.cancelled())}")


async def handle_cancelled_after_run(t):
    handle = t.loop.call_soon(t.logger("runs"))
    timer = t.loop.call_later(1, t.logger("runs later"))
    await asyncio.sleep(2)
    handle.cancel()
    timer.cancel()
    t.log(f"cancelled {t.shown(handle.cancelled())} {t.shown(timer.cancelled())}")


async def many_timers_mostly_cancelled(t):
    loop = t.loop
    handles = [loop.call_later(1 + number % 7, t.logger(f"timer {number}")) for number in range(300)]
    for number, handle in enumerate(handles):
        if number % 20:
            handle.cancel()
    await asyncio.sleep(10)


async def time_is_that_of_the_iteration(t):
    loop = t.loop
    for number in range(3):
        loop.call_later(1, lambda: t.log(f"time {t.shown(loop.time())}"))
    await asyncio.sleep(1.5)
    t.log(f"time {t.shown(loop.time())}")


async def very_long_timer(t):
    t.loop.call_later(90_000, t.logger("after 25 hours"))
    t.loop.call_later(1_000_000, t.logger("after more than 11 days"))
    await asyncio.sleep(2_000_000)


async def callback_that_reschedules_itself(t):
    loop = t.loop

    def again(count):
        t.log(f"round {count}")
        if count < 3:
            loop.call_later(0.5, again, count + 1)

    again(0)
    await asyncio.sleep(1)
    t.log("main")
    await asyncio.sleep(1)


async def threadsafe_from_the_loop_keeps_order(t):
    loop = t.loop
    loop.call_soon(t.logger("soon 1"))
    loop.call_soon_threadsafe(t.logger("threadsafe 1"))
    loop.call_soon(t.logger("soon 2"))
    loop.call_soon_threadsafe(t.logger("threadsafe 2"))
    await asyncio.sleep(0)
    t.log("main")


async def callback_raises(t):
    def fail():
        raise Failed("boom")

    t.loop.call_soon(t.logger("before"))
    t.loop.call_soon(fail)
    t.loop.call_soon(t.logger("after"))
    t.loop.call_later(1, fail)
    t.loop.call_later(1, t.logger("later"))
    await asyncio.sleep(2)


async def exception_handler_raises(t):
    def fail():
        raise Failed("boom")

    def handle(loop, context):
        t.log("handler")
        raise Failed("handler")

    t.loop.set_exception_handler(handle)
    t.loop.call_soon(fail)
    t.loop.call_soon(t.logger("after"))
    await asyncio.sleep(1)
    t.log("main")


async def callback_starts_task(t):
    def start():
        t.log("callback")
        tasks.append(asyncio.create_task(t.worker("a", 1)))
        t.log("callback ends")

    tasks = []
    t.loop.call_soon(start)
    await asyncio.sleep(2)
    t.outcome("task", tasks[0])
