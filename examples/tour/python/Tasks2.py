"""Course notes 1, 2.4, example 2: wait for a list of tasks

Changed: prints the tasks sorted by name, since the order of a set differs from run to run.
"""

import asyncio


async def func(i):
    print(i, 'start')
    await asyncio.sleep(2)
    print(i, 'stop')


async def main():
    print("main start")

    tasks = [asyncio.create_task(func(1)),
             asyncio.create_task(func(2)), ]

    done, pending = await asyncio.wait(tasks)
    for task in sorted(done, key=asyncio.Task.get_name):
        print(task)
    print(len(done), len(pending))

    print("main stop")


asyncio.run(main())
