"""Course notes 1, 2.7, and 2: an asynchronous iterator

Changed: `__aiter__` must not be `async` since 3.7; the class of the notes is tried first.
"""

import asyncio
import warnings

warnings.simplefilter("ignore")  # that nobody awaits what the wrong __aiter__ returns


class AsyncReader(object):
    def __init__(self):
        self.count = 0

    async def readline(self):
        await asyncio.sleep(1)
        self.count += 1
        if self.count == 100:
            return None

        return self.count

    def __aiter__(self):
        return self

    async def __anext__(self):
        val = await self.readline()
        if val is None:
            raise StopAsyncIteration

        return val


class AsyncReaderOfTheNotes(AsyncReader):
    async def __aiter__(self):
        return self


async def func():
    try:
        async for each in AsyncReaderOfTheNotes():
            print(each)
    except TypeError as e:
        print("TypeError:", e)

    async for each in AsyncReader():
        print(each)


asyncio.run(func())
