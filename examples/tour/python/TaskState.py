"""Course notes 3, asyncio: the state of a task

Changed: `asyncio.coroutine` was removed in 3.11, so it is an `async def`; the loop is created, since `get_event_loop` no longer makes one.
"""

import asyncio
import time


def two():
    start = time.time()

    async def do_something():
        print("start ------")
        time.sleep(0.1)
        print("doing something")

    loop = asyncio.new_event_loop()
    coroutine = do_something()
    task = loop.create_task(coroutine)
    print("task是不是Task的示例？", isinstance(task, asyncio.Task))
    print("task state", task._state)
    loop.run_until_complete(task)
    print("take state", task._state)
    end = time.time()
    print("消耗时间:{:.4f}".format(end - start))


two()
