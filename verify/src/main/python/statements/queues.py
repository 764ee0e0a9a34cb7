"""Queues."""

import asyncio

from vocabulary import plain, suspending
from words import show

_MAKERS = {
    "q0": lambda: asyncio.Queue(),
    "q1": lambda: asyncio.Queue(1),
    "q2": lambda: asyncio.Queue(2),
    "q3": lambda: asyncio.PriorityQueue(2),
    "q4": lambda: asyncio.LifoQueue(2),
}


def _on(frame, statement):
    names = frame.execution.names
    name = statement["on"]
    if name not in names:
        names[name] = _MAKERS[name]()
    return names[name]


@suspending
async def put(frame, statement):
    await _on(frame, statement).put(statement["value"])
    frame.log("put: done")


@suspending
async def get(frame, statement):
    frame.log(f"get: {await _on(frame, statement).get()}")


@plain
def put_now(frame, statement):
    _on(frame, statement).put_nowait(statement["value"])
    return "done"


@plain
def get_now(frame, statement):
    return str(_on(frame, statement).get_nowait())


@plain
def task_done(frame, statement):
    _on(frame, statement).task_done()
    return "ok"


@suspending
async def join(frame, statement):
    await _on(frame, statement).join()
    frame.log("join: over")


@suspending
async def each(frame, statement):
    """Takes items until the queue is shut down; asyncio has no iteration over queues."""
    queue = _on(frame, statement)
    for _ in range(statement["n"]):
        try:
            item = await queue.get()
        except asyncio.QueueShutDown:
            frame.log("each: over")
            break
        frame.log(f"each: {item}")
        returned = await frame.block(statement["body"])
        if returned is not None:
            return returned


@plain
def shutdown(frame, statement):
    _on(frame, statement).shutdown(statement.get("now", False))


@plain
def queue_state(frame, statement):
    queue = _on(frame, statement)
    return f"{queue.qsize()} empty {show(queue.empty())} full {show(queue.full())}"
