"""Course notes 3, asyncio: a blocking call in a coroutine

Changed: `asyncio.coroutine` was removed in 3.11, so it is an `async def`; the loop is created, since `get_event_loop` no longer
makes one. A second coroutine shows who is blocked.
"""

import asyncio
import time


def one():
    start = time.time()

    async def do_something():
        print("start ------")
        time.sleep(0.1)
        print("doing something")

    async def other():
        print("another task")

    loop = asyncio.new_event_loop()
    coroutine = do_something()
    loop.create_task(other())
    task = loop.create_task(coroutine)
    loop.create_task(other())
    loop.run_until_complete(task)
    end = time.time()
    print("消耗时间:{:.4f}".format(end - start))


one()
