"""Course notes 1, 2.5, example 2: a future that a task completes

Unchanged.
"""

import asyncio


async def set_after(fut):
    await asyncio.sleep(2)
    fut.set_result("666")


async def main():
    loop = asyncio.get_running_loop()

    fut = loop.create_future()

    await loop.create_task(set_after(fut))

    result = await fut
    print(result)


asyncio.run(main())
