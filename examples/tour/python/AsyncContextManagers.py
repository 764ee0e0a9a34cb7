"""Course notes 1, 2.8, and 2 and 5: an asynchronous context manager

Changed: says when it is opened and closed.
"""

import asyncio


class AsyncContentManager(object):
    def __init__(self):
        self.conn = None

    async def do_something(self):
        return "result"

    async def __aenter__(self):
        self.conn = await asyncio.sleep(1, "connection")
        print("opened")
        return self

    async def __aexit__(self, exc_type, exc, tb):
        await asyncio.sleep(1)
        print("closed")


async def func():
    async with AsyncContentManager() as f:
        result = await f.do_something()
        print(result)


asyncio.run(func())
