"""Waiting for several futures."""

import asyncio

from vocabulary import suspending
from words import standing

_WHEN = {
    "all": asyncio.ALL_COMPLETED,
    "first": asyncio.FIRST_COMPLETED,
    "exception": asyncio.FIRST_EXCEPTION,
}


def _named(frame, statement):
    """Maps the named futures to their first name."""
    futures = {}
    for name in statement["of"]:
        future = frame.execution.names.get(name)
        if future is not None:
            futures.setdefault(future, name)
    return futures


@suspending
async def wait(frame, statement):
    futures = _named(frame, statement)
    done, pending = await asyncio.wait(futures, timeout=statement.get("us"), return_when=_WHEN[statement["when"]])
    frame.log(f"wait: done {' '.join(futures[each] for each in done)}, pending {' '.join(futures[each] for each in pending)}")


@suspending
async def as_completed(frame, statement):
    futures = _named(frame, statement)
    async for future in asyncio.as_completed(futures, timeout=statement.get("us")):
        frame.log(f"asCompleted: {futures[future]} {standing(future)}")
        returned = await frame.block(statement["body"])
        if returned is not None:
            return returned
    frame.log("asCompleted: all")
