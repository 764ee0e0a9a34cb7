"""Course notes 2, tasks: wait for a list of named tasks

Changed: `async func` is `async def`, the comma between the tasks is there, and the sleep is awaited (see NeverAwaited). The
names and results are printed instead of the set, whose order differs from run to run.
"""

import asyncio


async def func():
    await asyncio.sleep(3)
    return "value"


async def main():
    task_list = [
        asyncio.create_task(func(), name="n1"),
        asyncio.create_task(func(), name="n2"),
    ]

    done, pending = await asyncio.wait(task_list, timeout=None)
    print(sorted(f"{task.get_name()}={task.result()}" for task in done))


asyncio.run(main())
