"""Course notes 4, defining a coroutine

Changed: the loop is created, since `get_event_loop` no longer makes one.
"""

import time
import asyncio


now = lambda: time.time()


async def do_some_work(x):
    print("waiting:", x)

start = now()
coroutine = do_some_work(2)
print(coroutine)
loop = asyncio.new_event_loop()
loop.run_until_complete(coroutine)

print("Time:", now() - start)
