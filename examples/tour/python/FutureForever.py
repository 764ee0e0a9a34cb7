"""Course notes 1, 2.5, example 1: a future that nobody completes

Changed: stopped after a second, or it would never end.
"""

import asyncio


async def main():
    loop = asyncio.get_running_loop()

    fut = loop.create_future()

    try:
        await asyncio.wait_for(fut, 1)
    except TimeoutError:
        print("stopped: after 1 s nobody has set a result; cancelled:", fut.cancelled())


asyncio.run(main())
