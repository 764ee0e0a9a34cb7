"""Control flow, and statements about nothing but the program itself."""

import asyncio

from vocabulary import plain, suspending
from words import Failed, catches, describe


@plain
def log(frame, statement):
    return str(statement["n"])


@plain
def inc(frame, statement):
    cells = frame.execution.cells
    cells[statement["on"]] = cells.get(statement["on"], 0) + 1


@plain
def raise_(frame, statement):
    match statement["kind"]:
        case "failed":
            raise Failed(statement["text"])
        case "cancelled":
            raise asyncio.CancelledError(statement["text"])
        case "timeout":
            raise TimeoutError


@plain
def stop(frame, statement):
    frame.execution.loop.stop()


@suspending
async def sleep(frame, statement):
    await asyncio.sleep(statement["us"])


@suspending
async def return_(frame, statement):
    return (statement["value"],)


@suspending
async def call(frame, statement):
    label = frame.execution.next_label("call")
    await frame.execution.body(label, statement["body"])


@suspending
async def repeat(frame, statement):
    for _ in range(statement["n"]):
        returned = await frame.block(statement["body"])
        if returned is not None:
            return returned


@suspending
async def try_(frame, statement):
    returned = None
    try:
        returned = await frame.block(statement["body"])
    except BaseException as exception:
        if not catches(statement.get("catch", "none"), exception):
            raise
        frame.log(f"caught {describe(exception)}")
        returned = await frame.block(statement["handler"])
        if returned is None and statement.get("again"):
            raise
    finally:
        await frame.block(statement.get("finally", ()))
    return returned
