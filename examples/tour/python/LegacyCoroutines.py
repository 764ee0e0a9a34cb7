"""Course notes 1, 1.3, and 5: the decorator of Python 3.4

Changed: `asyncio.coroutine` was removed in 3.11; `types.coroutine` is what is left of it, and a task of one needs an
`async def` around it. The loop is created before the tasks, since `get_event_loop` no longer makes one.
"""

import asyncio
import types


@types.coroutine
def func1():
    print(1)
    yield from asyncio.sleep(2)
    print(3)


@types.coroutine
def func2():
    print(2)
    yield from asyncio.sleep(2)
    print(4)


async def native(generator):
    return await generator


loop = asyncio.new_event_loop()
tasks = [
    asyncio.ensure_future(native(func1()), loop=loop),
    asyncio.ensure_future(native(func2()), loop=loop),
]
loop.run_until_complete(asyncio.wait(tasks))
