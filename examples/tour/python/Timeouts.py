"""Today: a timeout around anything

Not in the notes.
"""

import asyncio


async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    try:
        async with asyncio.timeout(2):
            print("waiting")
            await asyncio.sleep(3600)
    except TimeoutError:
        print("too late after", loop.time() - start, "s")

    async with asyncio.timeout(None) as limit:
        limit.reschedule(loop.time() + 5)
        await asyncio.sleep(4)
    print("in time:", not limit.expired())


asyncio.run(main())
