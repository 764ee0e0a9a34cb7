"""Course notes 4, concurrency: three coroutines

Changed: the loop is created before the tasks, since `get_event_loop` no longer makes one.
"""

import asyncio
import time


now = lambda: time.time()


async def do_some_work(x):
    print("Waiting:", x)
    await asyncio.sleep(x)
    return "Done after {}s".format(x)

start = now()

coroutine1 = do_some_work(1)
coroutine2 = do_some_work(2)
coroutine3 = do_some_work(4)

loop = asyncio.new_event_loop()

tasks = [
    asyncio.ensure_future(coroutine1, loop=loop),
    asyncio.ensure_future(coroutine2, loop=loop),
    asyncio.ensure_future(coroutine3, loop=loop)
]

loop.run_until_complete(asyncio.wait(tasks))

for task in tasks:
    print("Task ret:", task.result())

print("Time:", now() - start)
