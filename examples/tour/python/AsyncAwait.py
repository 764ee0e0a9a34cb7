"""Course notes 1, 1.4, and 5: async and await

Changed: the loop is created before the tasks, since `get_event_loop` no longer makes one.
"""

import asyncio


async def func1():
    print(1)
    await asyncio.sleep(2)
    print(3)


async def func2():
    print(2)
    await asyncio.sleep(2)
    print(4)


loop = asyncio.new_event_loop()
tasks = [
    asyncio.ensure_future(func1(), loop=loop),
    asyncio.ensure_future(func2(), loop=loop),
]
loop.run_until_complete(asyncio.wait(tasks))
