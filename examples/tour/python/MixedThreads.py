"""Course notes 2, others: what cannot be asynchronous goes to threads

The notes only name the case: a blocking database driver in a thread pool.
"""

import asyncio
import time


def query(n):
    time.sleep(0.2)  # a driver that blocks
    return f"row {n}"


async def page(n):
    await asyncio.sleep(0.2)
    return f"page {n}"


async def main():
    start = time.perf_counter()
    print(await asyncio.gather(
        page(1), asyncio.to_thread(query, 1), page(2), asyncio.to_thread(query, 2)))
    print("at the same time:", time.perf_counter() - start < 0.7)


asyncio.run(main())
