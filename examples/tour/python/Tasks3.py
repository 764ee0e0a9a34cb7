"""Course notes 1, 2.4, example 3: wait for coroutines

Changed: `wait` refuses coroutines since 3.11, and gave them to `run` before there was a loop to wait on; the refusal is printed, then what works.
"""

import asyncio


async def func(i):
    print(i, 'start')
    await asyncio.sleep(2)
    print(i, 'stop')


async def main():
    tasks = [func(1), func(2), ]
    try:
        await asyncio.wait(tasks)
    except TypeError as e:
        print("TypeError:", e)
    await asyncio.wait([asyncio.create_task(task) for task in tasks])


asyncio.run(main())
