"""Timeouts and wait_for."""

import asyncio

from vocabulary import NOTHING, plain, suspending
from words import show

from .futures import awaitable


@suspending
async def timeout(frame, statement):
    limit = asyncio.timeout_at(statement["at"]) if "at" in statement else asyncio.timeout(statement.get("us"))
    frame.execution.names[statement["as"]] = limit
    return await _within(limit, frame, statement)


@suspending
async def timeout_again(frame, statement):
    """Enters a timeout that was entered before, or is entered."""
    limit = frame.execution.names.get(statement["on"])
    if limit is None:
        frame.log(f"timeoutAgain: {NOTHING}")
        return None
    return await _within(limit, frame, statement)


async def _within(limit, frame, statement):
    try:
        async with limit:
            return await frame.block(statement["body"])
    finally:
        frame.log(f"timeout: expired {show(limit.expired())}")


@plain
def reschedule(frame, statement):
    limit = frame.execution.names.get(statement["on"])
    if limit is None:
        return NOTHING
    if "at" in statement:
        limit.reschedule(statement["at"])
    elif "us" in statement:
        limit.reschedule(frame.execution.loop.time() + statement["us"])
    else:
        limit.reschedule(None)
    return "ok"


@plain
def expired(frame, statement):
    limit = frame.execution.names.get(statement["on"])
    return NOTHING if limit is None else show(limit.expired())


@suspending
async def wait_for(frame, statement):
    source = awaitable(frame, statement["of"])
    if source is None:
        frame.log(f"waitFor: {NOTHING}")
        return
    frame.log(f"waitFor: {show(await asyncio.wait_for(source, statement['us']))}")
