"""Sleeping, and how tasks interleave."""

import asyncio


async def sleep_zero_is_one_iteration(t):
    t.ticks(4)
    for number in range(3):
        await asyncio.sleep(0)
        t.log(f"main {number}")


async def negative_sleep_is_one_iteration(t):
    t.ticks(3)
    await asyncio.sleep(-1)
    t.log("main")
    await asyncio.sleep(-0.001)
    t.log("main")


async def sleep_takes_its_time(t):
    for delay in (1, 0.5, 0, 2.25):
        await asyncio.sleep(delay)
        t.log("awake")


async def sleepers_in_order_of_deadline(t):
    tasks = [asyncio.create_task(t.worker(f"sleeper of {t.shown(delay)}", delay)) for delay in (3, 1, 2, 0, 0.5)]
    await asyncio.wait(tasks)


async def sleepers_with_one_deadline(t):
    tasks = [asyncio.create_task(t.worker(f"sleeper {number}", 1)) for number in range(5)]
    await asyncio.wait(tasks)


async def timer_wakes_sleeper_one_iteration_later(t):
    """The timer completes the sleeper's future, and only then is the wakeup scheduled."""
    sleeper = asyncio.create_task(t.worker("a", 1))
    await asyncio.sleep(0)
    t.loop.call_later(1, t.logger("timer"))
    t.loop.call_later(1, lambda: t.ticks(3))
    await sleeper
    t.log("main")


async def tasks_interleave_at_sleep_zero(t):
    async def counter(name):
        for number in range(3):
            t.log(f"{name} {number}")
            await asyncio.sleep(0)

    await asyncio.wait([asyncio.create_task(counter(name)) for name in "abc"])


async def task_without_suspension_is_not_interleaved(t):
    async def counter(name):
        for number in range(3):
            t.log(f"{name} {number}")

    first, second = asyncio.create_task(counter("a")), asyncio.create_task(counter("b"))
    await asyncio.wait([first, second])
