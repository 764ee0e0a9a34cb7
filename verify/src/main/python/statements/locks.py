"""Locks, semaphores, conditions, events and barriers."""

import asyncio

from vocabulary import plain, suspending
from words import show

_MAKERS = {
    "l0": lambda execution: asyncio.Lock(),
    "l1": lambda execution: asyncio.Lock(),
    "c0": lambda execution: asyncio.Condition(),
    "c1": lambda execution: asyncio.Condition(primitive(execution, "l0")),
    "s0": lambda execution: asyncio.Semaphore(1),
    "s1": lambda execution: asyncio.Semaphore(2),
    "s2": lambda execution: asyncio.Semaphore(0),
    "s3": lambda execution: asyncio.BoundedSemaphore(1),
    "e0": lambda execution: asyncio.Event(),
    "e1": lambda execution: asyncio.Event(),
    "b0": lambda execution: asyncio.Barrier(2),
    "b1": lambda execution: asyncio.Barrier(3),
}


def primitive(execution, name):
    """The primitive of that name, made when it is first used."""
    if name not in execution.names:
        execution.names[name] = _MAKERS[name](execution)
    return execution.names[name]


def _on(frame, statement):
    return primitive(frame.execution, statement["on"])


@suspending
async def acquire(frame, statement):
    await _on(frame, statement).acquire()
    frame.log("acquire: has it")


@suspending
async def holding(frame, statement):
    lock = _on(frame, statement)
    await lock.acquire()
    frame.log("holding: has it")
    try:
        return await frame.block(statement["body"])
    finally:
        lock.release()


@plain
def release(frame, statement):
    _on(frame, statement).release()
    return "ok"


@plain
def locked(frame, statement):
    return show(_on(frame, statement).locked())


@suspending
async def condition_wait(frame, statement):
    await _on(frame, statement).wait()
    frame.log("conditionWait: over")


@suspending
async def condition_wait_for(frame, statement):
    cells = frame.execution.cells
    await _on(frame, statement).wait_for(lambda: cells.get(statement["cell"], 0) >= statement["n"])
    frame.log("conditionWaitFor: over")


@plain
def signal(frame, statement):
    _on(frame, statement).notify(statement["n"])
    return "ok"


@plain
def signal_all(frame, statement):
    _on(frame, statement).notify_all()
    return "ok"


@suspending
async def event_wait(frame, statement):
    await _on(frame, statement).wait()
    frame.log("eventWait: over")


@plain
def event_set(frame, statement):
    _on(frame, statement).set()


@plain
def event_clear(frame, statement):
    _on(frame, statement).clear()


@plain
def event_state(frame, statement):
    return show(_on(frame, statement).is_set())


@suspending
async def barrier_wait(frame, statement):
    frame.log(f"barrierWait: {await _on(frame, statement).wait()}")


@suspending
async def barrier_reset(frame, statement):
    await _on(frame, statement).reset()
    frame.log("barrierReset: over")


@suspending
async def barrier_abort(frame, statement):
    await _on(frame, statement).abort()
    frame.log("barrierAbort: over")


@plain
def barrier_state(frame, statement):
    barrier = _on(frame, statement)
    return f"{barrier.n_waiting} broken {show(barrier.broken)}"
