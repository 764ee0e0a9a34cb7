"""Course notes 1, 2.6, and 2: the futures of concurrent.futures, of a process pool

The notes only say what they are for: thread pools and process pools. This is the process pool.
"""

import asyncio
import os
from concurrent.futures import Future, ProcessPoolExecutor


def square(n):
    return n * n


async def main(pool):
    loop = asyncio.get_running_loop()

    # A future of the pool: result() blocks the thread.
    plain = pool.submit(square, 3)
    print("concurrent future:", isinstance(plain, Future), plain.result())

    # The same wrapped, or made by the loop: awaited.
    wrapped = asyncio.wrap_future(pool.submit(square, 4))
    print("asyncio future:", asyncio.isfuture(wrapped), await wrapped)
    print("run_in_executor:", await loop.run_in_executor(pool, square, 5))
    print("gathered:", await asyncio.gather(*(loop.run_in_executor(pool, square, n) for n in range(4))))

    print("in this process:", await loop.run_in_executor(pool, os.getpid) == os.getpid())
    print("mapped:", list(pool.map(square, range(5), chunksize=2)))


if __name__ == "__main__":
    with ProcessPoolExecutor(2) as pool:
        asyncio.run(main(pool))
