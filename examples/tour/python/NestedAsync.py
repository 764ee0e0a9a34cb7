"""Course notes 2, pitfalls: is an await needed here too?

Changed: `await return` is no Python; both ways are run.
"""

import asyncio


async def test():
    await asyncio.sleep(1)
    return "test"


async def test2():
    data = await test()
    return data


async def forgetful():
    data = test()
    forgotten = asyncio.iscoroutine(data)
    data.close()
    return forgotten


async def main():
    print("with await:", await test2())
    print("without, a coroutine object:", await forgetful())


asyncio.run(main())
