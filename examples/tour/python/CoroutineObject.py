"""Course notes 1, 2.2, and 2: async

Changed: says what there is, and runs `obj` where the notes run a `result` they never assigned.
"""

import asyncio


async def func():
    print("inside")


obj = func()
print("the object is there, nothing has run")

asyncio.run(obj)
