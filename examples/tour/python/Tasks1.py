"""Course notes 1, 2.4, example 1: tasks

Unchanged.
"""

import asyncio


async def func(i):
    print(i, 'start')
    await asyncio.sleep(2)
    print(i, 'stop')


async def main():
    print("main start")

    task1 = asyncio.create_task(func(1))
    task2 = asyncio.create_task(func(2))

    ret1 = await task1
    ret2 = await task2

    print(ret1, ret2)

    print("main stop")


asyncio.run(main())
