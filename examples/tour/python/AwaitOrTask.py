"""Course notes 3, understanding await: a coroutine and a task, awaited

The notes only say it; this is the program.
"""

import asyncio
import time


async def work(x):
    await asyncio.sleep(x)
    return x


async def main():
    start = time.time()
    print(await work(1) + await work(2), "by coroutines, after", time.time() - start, "s")

    start = time.time()
    first = asyncio.create_task(work(1))
    second = asyncio.create_task(work(2))
    print(await first + await second, "by tasks, after", time.time() - start, "s")


asyncio.run(main())
