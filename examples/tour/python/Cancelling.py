"""Today: cancel a task, and what it may still do

Not in the notes.
"""

import asyncio


async def worker():
    try:
        while True:
            print("working")
            await asyncio.sleep(1)
    finally:
        print("cleaning up")
        await asyncio.sleep(1)
        print("clean")


async def payment():
    await asyncio.sleep(1)
    print("paid")


async def protect(inner):
    await asyncio.shield(inner)


async def main():
    task = asyncio.create_task(worker())
    await asyncio.sleep(1.5)
    task.cancel("enough")
    try:
        await task
    except asyncio.CancelledError as e:
        print("cancelled:", e)

    inner = asyncio.create_task(payment())
    outer = asyncio.create_task(protect(inner))
    await asyncio.sleep(0)
    outer.cancel()
    await asyncio.wait([outer, inner])
    print("outer cancelled:", outer.cancelled(), "inner:", inner.cancelled())


asyncio.run(main())
