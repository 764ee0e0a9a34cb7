"""Course notes 2, pitfalls and others: a computation in a coroutine

The notes only ask the question. A tick every 10 ms shows who holds the loop.
"""

import asyncio
import time


def compute(seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


async def ticks_during(body):
    count = 0

    async def tick():
        nonlocal count
        while True:
            await asyncio.sleep(0.01)
            count += 1

    ticker = asyncio.create_task(tick())
    await asyncio.sleep(0)
    await body()
    ticker.cancel()
    return "ticks went on" if count > 3 else "no tick"


async def in_the_coroutine():
    compute(0.3)


async def in_a_thread():
    await asyncio.to_thread(compute, 0.3)


async def main():
    print("in the coroutine:", await ticks_during(in_the_coroutine))
    print("in a thread:", await ticks_during(in_a_thread))


asyncio.run(main())
