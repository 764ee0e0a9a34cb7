"""Course notes 1, 2.2, and 5: a coroutine object, run

Unchanged. The notebook's loop was running when the notes' cell ran, hence its RuntimeError: see RunInsideLoop.
"""

import asyncio


async def func():
    print("快来搞我吧！")


result = func()

asyncio.run(result)
