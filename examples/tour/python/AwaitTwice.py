"""Course notes 2, async and await: the task goes on where it waited

Changed: the notes do not run it.
"""

import asyncio


async def func():
    response = await asyncio.sleep(2)
    print("get1: {}".format(response))

    response = await asyncio.sleep(3)
    print("get2: {}".format(response))


asyncio.run(func())
