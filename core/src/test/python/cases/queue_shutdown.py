"""Queue: shutting it down, at once or after what is left."""

import asyncio


async def _getters(t, queue, *names):
    """Tasks that wait for an item by the time this returns."""
    tasks = [asyncio.create_task(t.attempt(name, queue.get())) for name in names]
    await asyncio.sleep(0)
    return tasks


async def _putters(t, queue, *names):
    """Tasks that wait for room by the time this returns."""
    tasks = [asyncio.create_task(t.attempt(f"{name} put", queue.put(name))) for name in names]
    await asyncio.sleep(0)
    return tasks


async def _joiner(t, queue):
    task = asyncio.create_task(t.attempt("join", queue.join()))
    await asyncio.sleep(0)
    return task


def _queue_of(items, size=0):
    queue = asyncio.Queue(size)
    for item in items:
        queue.put_nowait(item)
    return queue


async def _items(queue):
    while True:
        try:
            item = await queue.get()
        except asyncio.QueueShutDown:
            return
        yield item


async def shutdown_wakes_getters(t):
    queue = asyncio.Queue()
    tasks = await _getters(t, queue, "a", "b")
    t.ticks(3)
    queue.shutdown()
    await asyncio.gather(*tasks)


async def shutdown_wakes_putters(t):
    queue = _queue_of(["first"], 1)
    tasks = await _putters(t, queue, "a", "b")
    t.ticks(3)
    queue.shutdown()
    await asyncio.gather(*tasks)
    t.log(f"size {queue.qsize()}")


async def shutdown_refuses_items(t):
    for queue in (asyncio.Queue(), _queue_of(["first"], 1)):
        queue.shutdown()
        t.ticks(1)
        await t.attempt("put", queue.put("item"))
        t.call("put nowait", lambda: queue.put_nowait("item"))
        await asyncio.sleep(1)


async def shutdown_lets_the_rest_out(t):
    queue = _queue_of(["a", "b", "c"])
    queue.shutdown()
    t.log(f"size {queue.qsize()}")
    await t.attempt("get", queue.get())
    t.call("get nowait", queue.get_nowait)
    await t.attempt("get", queue.get())
    t.call("get nowait", queue.get_nowait)
    await t.attempt("get", queue.get())


async def shutdown_when_empty(t):
    queue = asyncio.Queue()
    queue.shutdown()
    t.ticks(1)
    await t.attempt("get", queue.get())
    t.call("get nowait", queue.get_nowait)
    await t.attempt("join", queue.join())
    t.call("task done", queue.task_done)


async def shutdown_twice(t):
    queue = _queue_of(["item"])
    for _ in range(2):
        t.call("shutdown", queue.shutdown)
    await t.attempt("get", queue.get())
    await t.attempt("get", queue.get())


async def shutdown_then_at_once(t):
    queue = _queue_of(["a", "b"])
    queue.shutdown()
    await t.attempt("get", queue.get())
    queue.shutdown(immediate=True)
    await t.attempt("get", queue.get())


async def shutdown_joiner_waits_for_the_rest(t):
    queue = _queue_of(["a", "b"])
    joiner = await _joiner(t, queue)
    queue.shutdown()
    for _ in range(2):
        await asyncio.sleep(1)
        t.outcome("joiner", joiner)
        await t.attempt("get", queue.get())
        queue.task_done()
    await joiner


async def shutdown_putter_that_was_woken(t):
    """There was room for it, but it has not run yet."""
    queue = _queue_of(["first"], 1)
    tasks = await _putters(t, queue, "a")
    t.call("get", queue.get_nowait)
    queue.shutdown()
    await asyncio.gather(*tasks)


async def shutdown_getter_that_was_woken(t):
    """The item is still for it."""
    queue = asyncio.Queue()
    tasks = await _getters(t, queue, "a", "b")
    queue.put_nowait("item")
    queue.shutdown()
    await asyncio.gather(*tasks)


async def shutdown_getter_cancelled(t):
    queue = asyncio.Queue()
    tasks = await _getters(t, queue, "a", "b", "c")
    tasks[0].cancel("before")
    queue.shutdown()
    tasks[1].cancel("after")
    await asyncio.gather(*tasks)


async def shutdown_putter_cancelled(t):
    queue = _queue_of(["first"], 1)
    tasks = await _putters(t, queue, "a", "b", "c")
    tasks[0].cancel("before")
    queue.shutdown()
    tasks[1].cancel("after")
    await asyncio.gather(*tasks)


async def shutdown_iteration_ends_when_nothing_is_left(t):
    async def consumer(name):
        async for item in _items(queue):
            t.log(f"{name} got {item}")
            await asyncio.sleep(1)
        t.log(f"{name} ends")

    queue = asyncio.Queue()
    consumers = [asyncio.create_task(consumer(name)) for name in "ab"]
    for number in range(3):
        await asyncio.sleep(0)
        queue.put_nowait(number)
    queue.shutdown()
    await asyncio.gather(*consumers)


async def shutdown_iteration_latency(t):
    async def consumer():
        async for item in _items(queue):
            t.log(f"got {item}")
        t.log("ends")

    queue = _queue_of(["a", "b"])
    task = asyncio.create_task(consumer())
    t.ticks(5)
    await asyncio.sleep(0)
    queue.put_nowait("c")
    await asyncio.sleep(0)
    queue.shutdown()
    await task


async def shutdown_at_once_drops_what_is_left(t):
    queue = _queue_of(["a", "b"])
    joiner = await _joiner(t, queue)
    t.ticks(2)
    queue.shutdown(immediate=True)
    t.log(f"size {queue.qsize()}")
    await joiner
    await t.attempt("get", queue.get())
    t.call("get nowait", queue.get_nowait)
    t.call("put nowait", lambda: queue.put_nowait("c"))
    t.call("task done", queue.task_done)


async def shutdown_at_once_wakes_everybody(t):
    full = _queue_of(["item"], 1)
    empty = asyncio.Queue()
    tasks = [await _joiner(t, full)]
    tasks += await _putters(t, full, "a", "b")
    tasks += await _getters(t, empty, "c", "d")
    t.ticks(3)
    full.shutdown(immediate=True)
    empty.shutdown(immediate=True)
    await asyncio.gather(*tasks)


async def shutdown_at_once_waits_for_items_taken(t):
    """They were taken before, so they must be marked as done."""
    queue = _queue_of(["a", "b", "c"])
    t.call("get", queue.get_nowait)
    joiner = await _joiner(t, queue)
    queue.shutdown(immediate=True)
    await asyncio.sleep(1)
    t.outcome("joiner", joiner)
    t.call("task done", queue.task_done)
    await joiner
    t.call("task done", queue.task_done)


async def shutdown_at_once_takes_the_item_of_a_woken_getter(t):
    queue = asyncio.Queue()
    tasks = await _getters(t, queue, "a")
    queue.put_nowait("item")
    queue.shutdown(immediate=True)
    await asyncio.gather(*tasks)


async def shutdown_ends_workers(t):
    async def worker(name):
        while True:
            try:
                item = await queue.get()
            except asyncio.QueueShutDown:
                t.log(f"{name} ends")
                return
            await asyncio.sleep(item)
            t.log(f"{name} did {item}")
            queue.task_done()

    queue = _queue_of([3, 1, 2, 1])
    workers = [asyncio.create_task(worker(name)) for name in "ab"]
    t.loop.call_later(2.5, queue.shutdown)
    await queue.join()
    t.log("joined")
    await asyncio.gather(*workers)
