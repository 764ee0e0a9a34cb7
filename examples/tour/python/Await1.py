"""Course notes 1, 2.3, example 1: await

Unchanged.
"""

import asyncio


async def func():
    print("来玩啊")
    response = await asyncio.sleep(2)
    print("结束", response)


asyncio.run(func())
