"""Course notes 2, gather and wait: what each gives back

The notes have no program here. They say that what is gathered cannot be cancelled: it can. Results of `wait` are sorted,
since the order of a set differs from run to run.
"""

import asyncio


async def work(n):
    await asyncio.sleep(3 - n)
    print("work", n)
    return n


async def main():
    print("gathered, in the order of the arguments:", await asyncio.gather(work(0), work(1), work(2)))

    tasks = [asyncio.create_task(work(n)) for n in range(3)]
    done, pending = await asyncio.wait(tasks, timeout=2.5)
    print("done:", sorted(task.result() for task in done), "pending:", len(pending))
    await tasks[0]

    tasks = [asyncio.create_task(work(n)) for n in range(3)]
    group = asyncio.gather(*tasks)
    await asyncio.sleep(0)
    print("cancel:", group.cancel())
    try:
        await group
    except asyncio.CancelledError:
        print("cancelled:", [task.cancelled() for task in tasks])


asyncio.run(main())
