"""Course notes 1, 2.6, and 2: the futures of concurrent.futures

The notes only say what they are for: thread pools and process pools. This is the thread pool.
"""

import asyncio
import time
from concurrent.futures import Future, ThreadPoolExecutor


def blocking(n):
    time.sleep(0.02)
    return n * n


async def main(pool):
    loop = asyncio.get_running_loop()

    # A future of the pool: result() blocks the thread.
    plain = pool.submit(blocking, 3)
    print("concurrent future:", isinstance(plain, Future), plain.result())

    # The same wrapped, or made by the loop: awaited.
    wrapped = asyncio.wrap_future(pool.submit(blocking, 4))
    print("asyncio future:", asyncio.isfuture(wrapped), await wrapped)
    print("run_in_executor:", await loop.run_in_executor(pool, blocking, 5))
    print("gathered:", await asyncio.gather(*(loop.run_in_executor(pool, blocking, n) for n in range(4))))


with ThreadPoolExecutor(4) as pool:
    asyncio.run(main(pool))
