"""Course notes 3, async and await: a callback at the end of a task

Changed: the loop is created, since `get_event_loop` no longer makes one.
"""

import asyncio
import functools
import time


def three():
    start = time.time()

    async def do_something():
        print("start doing")
        time.sleep(0.1)
        print("done")

    def callback(name, task):
        print("call back:{}".format(name))
        print("call back:{}".format(task._state))

    loop = asyncio.new_event_loop()
    coroutine = do_something()
    task = loop.create_task(coroutine)
    task.add_done_callback(functools.partial(callback, 'vllbc'))
    loop.run_until_complete(task)
    end = time.time()
    print("total time {:.4f}".format(end - start))


three()
