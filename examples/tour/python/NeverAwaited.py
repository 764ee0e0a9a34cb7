"""Course notes 2, tasks: a coroutine that is not awaited

Changed: reduced to the line in question. The warning is CPython's, on standard error.
"""

import asyncio
import time


async def func():
    asyncio.sleep(3)
    return "value"


async def main():
    start = time.time()
    print(await func(), "after", time.time() - start, "s")


asyncio.run(main())
