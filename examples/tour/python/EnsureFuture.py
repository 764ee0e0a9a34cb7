"""Course notes 2, ensure_future: which of the two

Changed: the one line of the notes made a program that shows the difference.
"""

import asyncio


async def func():
    return "value"


async def main():
    task1 = asyncio.create_task(func())
    print("a task from a coroutine:", isinstance(asyncio.ensure_future(func()), asyncio.Task))
    print("a task stays what it is:", asyncio.ensure_future(task1) is task1)
    future = asyncio.get_running_loop().create_future()
    print("and so does a future:", asyncio.ensure_future(future) is future)
    print(await task1)


asyncio.run(main())
