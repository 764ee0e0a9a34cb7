"""Queue: order, room, and who gets the next item."""

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


async def queue_orders(t):
    for queue in (asyncio.Queue(), asyncio.LifoQueue(), asyncio.PriorityQueue()):
        _drain(t, _queue_of(["c", "a", "d", "b"], queue))


async def queue_orders_of_put_and_get_mixed(t):
    for queue in (asyncio.Queue(), asyncio.LifoQueue(), asyncio.PriorityQueue()):
        _queue_of(["d", "b"], queue)
        t.log(f"got {await queue.get()}")
        await queue.put("a")
        await queue.put("c")
        _drain(t, queue)


async def queue_sizes(t):
    for size in (0, 2, -1):
        queue = asyncio.Queue(size)
        _state(t, queue)
        for item in "ab":
            queue.put_nowait(item)
            _state(t, queue)


async def queue_with_room_and_items_does_not_yield(t):
    queue = asyncio.Queue(1)
    t.ticks(1)
    for item in "abc":
        await queue.put(item)
        t.log(f"got {await queue.get()}")


async def queue_get_latency(t):
    queue = asyncio.Queue()
    (a,) = await _getters(t, queue, "a")
    t.ticks(3)
    queue.put_nowait("item")
    _state(t, queue)
    await a
    _state(t, queue)


async def queue_put_latency(t):
    queue = _queue_of(["first"], asyncio.Queue(1))
    (a,) = await _putters(t, queue, "a")
    t.ticks(3)
    t.log(f"got {queue.get_nowait()}")
    _state(t, queue)
    await a
    _state(t, queue)


async def queue_nowait_refusals(t):
    for queue in (asyncio.Queue(1), asyncio.LifoQueue(1), asyncio.PriorityQueue(1)):
        t.call("get", queue.get_nowait)
        t.call("put", lambda: queue.put_nowait("a"))
        t.call("put", lambda: queue.put_nowait("b"))
        t.call("get", queue.get_nowait)
        t.call("get", queue.get_nowait)


async def queue_getters_are_served_in_order(t):
    queue = asyncio.Queue()
    tasks = await _getters(t, queue, "a", "b", "c")
    for item in ("first", "second", "third"):
        await asyncio.sleep(1)
        queue.put_nowait(item)
    await asyncio.gather(*tasks)


async def queue_getters_are_served_at_once(t):
    queue = asyncio.Queue()
    tasks = await _getters(t, queue, "a", "b", "c")
    t.ticks(3)
    _queue_of(["first", "second", "third", "fourth"], queue)
    await asyncio.gather(*tasks)
    _state(t, queue)


async def queue_putters_are_served_in_order(t):
    queue = _queue_of(["first"], asyncio.Queue(1))
    tasks = await _putters(t, queue, "a", "b", "c")
    for _ in range(4):
        await asyncio.sleep(1)
        t.log(f"got {queue.get_nowait()}")
    await asyncio.gather(*tasks)


async def queue_newcomer_may_take_the_item(t):
    """The woken getter finds nothing and queues again, behind the others."""
    queue = asyncio.Queue()
    a, b = await _getters(t, queue, "a", "b")
    queue.put_nowait("first")
    t.log(f"main got {queue.get_nowait()}")
    await asyncio.sleep(1)
    t.outcome("a", a)
    queue.put_nowait("second")
    await asyncio.sleep(1)
    queue.put_nowait("third")
    await asyncio.gather(a, b)


async def queue_newcomer_may_take_the_room(t):
    queue = _queue_of(["first"], asyncio.Queue(1))
    a, b = await _putters(t, queue, "a", "b")
    t.log(f"got {queue.get_nowait()}")
    await _putter(t, queue, "main")
    await asyncio.sleep(1)
    for _ in range(3):
        t.log(f"got {await queue.get()}")
    await asyncio.gather(a, b)


async def queue_timeouts(t):
    queue = asyncio.Queue(1)
    await t.attempt("get", asyncio.wait_for(queue.get(), 1))
    t.loop.call_later(1, lambda: queue.put_nowait("item"))
    await t.attempt("get", asyncio.wait_for(queue.get(), 2))
    queue.put_nowait("item")
    await t.attempt("put", asyncio.wait_for(queue.put("other"), 1))
    t.loop.call_later(1, queue.get_nowait)
    await t.attempt("put", asyncio.wait_for(queue.put("other"), 2))
    _drain(t, queue)


async def queue_item_put_when_the_timeout_expires(t):
    queue = asyncio.Queue()
    t.loop.call_later(1, lambda: queue.put_nowait("item"))
    await t.attempt("get", asyncio.wait_for(queue.get(), 1))
    _state(t, queue)


async def queue_join_waits_for_every_item(t):
    queue = _queue_of(["a", "b"], asyncio.Queue())
    joiner = asyncio.create_task(t.attempt("join", queue.join()))
    for _ in range(2):
        await asyncio.sleep(1)
        t.log(f"got {queue.get_nowait()}")
        await asyncio.sleep(1)
        t.outcome("joiner", joiner)
        queue.task_done()
        t.log("done")
    await joiner


async def queue_join_of_an_empty_one_does_not_yield(t):
    queue = asyncio.Queue()
    t.ticks(1)
    await t.attempt("join", queue.join())
    queue.put_nowait("item")
    queue.get_nowait()
    queue.task_done()
    await t.attempt("join", queue.join())


async def queue_join_latency(t):
    queue = _queue_of(["item"], asyncio.Queue())
    joiners = [asyncio.create_task(t.attempt(name, queue.join())) for name in ("first", "second")]
    await asyncio.sleep(0)
    t.ticks(3)
    queue.task_done()
    await asyncio.gather(*joiners)


async def queue_put_again_after_the_last_is_done(t):
    """Who joined before is let go all the same."""
    queue = _queue_of(["item"], asyncio.Queue())
    first = asyncio.create_task(t.attempt("first", queue.join()))
    await asyncio.sleep(0)
    queue.task_done()
    queue.put_nowait("another")
    second = asyncio.create_task(t.attempt("second", queue.join()))
    await first
    await asyncio.sleep(1)
    t.outcome("second", second)
    queue.task_done()
    await second


async def queue_too_many_task_done(t):
    queue = asyncio.Queue()
    t.call("nothing put", queue.task_done)
    queue.put_nowait("item")
    t.call("before it is taken", queue.task_done)
    t.call("once too often", queue.task_done)
    await _getter(t, queue, "main")
    t.call("still", queue.task_done)


async def queue_priority_with_putters_waiting(t):
    queue = _queue_of(["m"], asyncio.PriorityQueue(1))
    tasks = await _putters(t, queue, "z", "a", "k")
    for _ in range(4):
        t.log(f"got {await queue.get()}")
        await asyncio.sleep(1)
    await asyncio.gather(*tasks)


async def queue_priority_serves_the_best_when_the_getter_runs(t):
    queue = asyncio.PriorityQueue()
    tasks = await _getters(t, queue, "first", "second")
    _queue_of(["m", "z", "a"], queue)
    await asyncio.gather(*tasks)
    _drain(t, queue)


async def queue_lifo_with_putters_waiting(t):
    queue = _queue_of(["a", "b"], asyncio.LifoQueue(2))
    tasks = await _putters(t, queue, "c", "d")
    for _ in range(4):
        t.log(f"got {await queue.get()}")
        await asyncio.sleep(1)
    await asyncio.gather(*tasks)


async def queue_producers_and_consumers(t):
    async def producer(name):
        for number in range(3):
            await queue.put(f"{name}{number}")
            t.log(f"{name} has put {number}")

    async def consumer(name, delay):
        while True:
            item = await queue.get()
            t.log(f"{name} got {item}")
            await asyncio.sleep(delay)
            queue.task_done()

    queue = asyncio.Queue(2)
    consumers = [asyncio.create_task(consumer("c", 1)), asyncio.create_task(consumer("d", 2))]
    await asyncio.gather(producer("p"), producer("q"))
    await queue.join()
    t.log("joined")
    for task in consumers:
        task.cancel()
    await asyncio.wait(consumers)
