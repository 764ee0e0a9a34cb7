"""Queue: a turn that a cancelled task cannot take goes to the next one, and no item is lost."""

import asyncio


async def _getter(t, queue, name):
    await t.attempt(name, queue.get())


async def _putter(t, queue, name):
    await t.attempt(f"{name} put", queue.put(name))


async def _getters(t, queue, *names):
    """Tasks that wait for an item by the time this returns."""
    tasks = [asyncio.create_task(_getter(t, queue, name)) for name in names]
    await asyncio.sleep(0)
    return tasks


async def _putters(t, queue, *names):
    """Tasks that wait for room by the time this returns."""
    tasks = [asyncio.create_task(_putter(t, queue, name)) for name in names]
    await asyncio.sleep(0)
    return tasks


def _state(t, queue):
    t.log(f"size {queue.qsize()} of {queue.maxsize}, empty {t.shown(queue.empty())}, full {t.shown(queue.full())}")


def _queue_of(items, queue):
    for item in items:
        queue.put_nowait(item)
    return queue


def _drain(t, queue):
    while not queue.empty():
        t.log(f"got {queue.get_nowait()}")


async def queue_getter_cancelled(t):
    queue = asyncio.Queue()
    a, b = await _getters(t, queue, "a", "b")
    a.cancel("why")
    await a
    queue.put_nowait("item")
    await b


async def queue_getter_cancelled_after_wake_passes_it_on(t):
    queue = asyncio.Queue()
    a, b, c = await _getters(t, queue, "a", "b", "c")
    t.ticks(4)
    queue.put_nowait("item")
    a.cancel("a")
    b.cancel("b")
    await asyncio.gather(a, b, c)


async def queue_getter_cancelled_after_wake_loses_no_item(t):
    queue = asyncio.Queue()
    (a,) = await _getters(t, queue, "a")
    queue.put_nowait("item")
    a.cancel()
    await a
    _state(t, queue)
    await _getter(t, queue, "main")


async def queue_getter_cancelled_after_its_item_was_taken(t):
    """It wakes nobody: those behind it keep their places."""
    queue = asyncio.Queue()
    a, b, c = await _getters(t, queue, "a", "b", "c")
    queue.put_nowait("first")
    t.log(f"main got {queue.get_nowait()}")
    a.cancel()
    await a
    await asyncio.sleep(1)
    for item in ("second", "third"):
        queue.put_nowait(item)
        await asyncio.sleep(1)
    await asyncio.gather(b, c)


async def queue_putter_cancelled_after_its_room_was_taken(t):
    queue = _queue_of(["first"], asyncio.Queue(1))
    a, b, c = await _putters(t, queue, "a", "b", "c")
    t.log(f"got {queue.get_nowait()}")
    queue.put_nowait("newcomer")
    a.cancel()
    await a
    for _ in range(3):
        await asyncio.sleep(1)
        t.log(f"got {queue.get_nowait()}")
    await asyncio.gather(b, c)


async def queue_put_after_getter_cancelled_in_one_iteration(t):
    queue = asyncio.Queue()
    a, b = await _getters(t, queue, "a", "b")
    t.ticks(3)
    a.cancel()
    queue.put_nowait("item")
    await asyncio.gather(a, b)


async def queue_putter_cancelled(t):
    queue = _queue_of(["first"], asyncio.Queue(1))
    a, b = await _putters(t, queue, "a", "b")
    a.cancel("why")
    await a
    await _getter(t, queue, "main")
    await b
    _drain(t, queue)


async def queue_putter_cancelled_after_wake_passes_it_on(t):
    queue = _queue_of(["first"], asyncio.Queue(1))
    a, b, c = await _putters(t, queue, "a", "b", "c")
    t.ticks(4)
    await _getter(t, queue, "main")
    a.cancel("a")
    b.cancel("b")
    await asyncio.gather(a, b, c)
    _drain(t, queue)


async def queue_putter_cancelled_after_wake_leaves_room(t):
    queue = _queue_of(["first"], asyncio.Queue(1))
    (a,) = await _putters(t, queue, "a")
    await _getter(t, queue, "main")
    a.cancel()
    await a
    _state(t, queue)


async def queue_joiner_cancelled(t):
    queue = _queue_of(["item"], asyncio.Queue())
    a, b = (asyncio.create_task(t.attempt(name, queue.join())) for name in "ab")
    await asyncio.sleep(0)
    a.cancel("why")
    await a
    queue.task_done()
    await b
