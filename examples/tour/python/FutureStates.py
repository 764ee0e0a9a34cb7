"""Course notes 4, concurrency: the states of a future

The notes list them. asyncio has no state Running: a task that runs is pending.
"""

import asyncio


async def work():
    print("running:", asyncio.current_task()._state)
    await asyncio.sleep(1)
    return "value"


async def main():
    task = asyncio.create_task(work())
    print("created:", task._state, task.done())
    await task
    print("done:", task._state, task.done(), task.result())

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    print("cancel requested:", task._state, task.done())
    await asyncio.wait([task])
    print("cancelled:", task._state, task.done(), task.cancelled())


asyncio.run(main())
