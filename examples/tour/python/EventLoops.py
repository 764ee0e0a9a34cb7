"""Course notes 2, generating or getting a loop, and 5: the event loop

Changed: the notes run tasks on `loop` where the variable is `event_loop`; the loop is created, since `get_event_loop` no longer makes one.
"""

import asyncio


async def work(n):
    print("task", n)
    await asyncio.sleep(1)
    return n


async def main():
    return await work(3)


# before Python 3.7
loop = asyncio.new_event_loop()
tasks = [loop.create_task(work(1)), loop.create_task(work(2))]
loop.run_until_complete(asyncio.wait(tasks))
print([task.result() for task in tasks])
loop.close()

# since Python 3.7
print(asyncio.run(main()))
