"""Course notes 2, tasks: two tasks and their values

Unchanged.
"""

import asyncio


async def func():
    await asyncio.sleep(3)
    return "value"


async def main():
    task1 = asyncio.create_task(func())
    task2 = asyncio.create_task(func())

    ret1 = await task1
    ret2 = await task2

    print(ret1, ret2)


asyncio.run(main())
