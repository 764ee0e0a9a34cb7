"""Today: a task group instead of gather and wait

Not in the notes.
"""

import asyncio


async def fetch(name, seconds):
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(name, "was cancelled")
        raise
    if name == "bad":
        raise OSError("no such page: bad")
    print(name, "fetched")
    return name.upper()


async def main():
    async with asyncio.TaskGroup() as group:
        first = group.create_task(fetch("one", 2))
        second = group.create_task(fetch("two", 1))
    print(first.result(), second.result())

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fetch("slow", 60))
            group.create_task(fetch("bad", 1))
    except* OSError as e:
        print("failed:", [str(x) for x in e.exceptions])


asyncio.run(main())
