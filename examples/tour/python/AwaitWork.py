"""Course notes 4, await

Changed: the loop is created, since `get_event_loop` no longer makes one.
"""

import asyncio
import time


now = lambda: time.time()


async def do_some_work(x):
    print("waiting:", x)
    await asyncio.sleep(x)
    return "Done after {}s".format(x)


start = now()

coroutine = do_some_work(2)
loop = asyncio.new_event_loop()
task = asyncio.ensure_future(coroutine, loop=loop)
loop.run_until_complete(task)

print("Task ret:", task.result())
print("Time:", now() - start)
