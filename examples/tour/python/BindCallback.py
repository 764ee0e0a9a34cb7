"""Course notes 4, a callback that is given the future

Changed: the loop is created, since `get_event_loop` no longer makes one.
"""

import time
import asyncio


now = lambda: time.time()


async def do_some_work(x):
    print("waiting:", x)
    return "Done after {}s".format(x)


def callback(future):
    print("callback:", future.result())


start = now()
coroutine = do_some_work(2)
loop = asyncio.new_event_loop()
task = asyncio.ensure_future(coroutine, loop=loop)
print(task)

task.add_done_callback(callback)
print(task)
loop.run_until_complete(task)

print("Time:", now() - start)
