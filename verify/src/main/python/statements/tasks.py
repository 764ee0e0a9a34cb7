"""Creating tasks, and what is asked of them."""

import asyncio

from vocabulary import NOTHING, plain, suspending
from words import show


@plain
def spawn(frame, statement):
    execution = frame.execution
    options = {"eager": statement.get("eager", False)}
    owner = execution.loop
    if "group" in statement:
        owner = execution.names.get(statement["group"])
        if owner is None:
            return NOTHING
    if "context" in statement:
        donor = execution.names.get(statement["context"])
        if not isinstance(donor, asyncio.Task):
            return NOTHING
        options["context"] = donor.get_context()
    label = execution.next_label(statement.get("to", "task"))
    task = owner.create_task(execution.body(label, statement["body"]), **options)
    if "to" in statement:
        execution.names[statement["to"]] = task


@plain
def me(frame, statement):
    task = asyncio.current_task()
    return "no task" if task is None else frame.execution.labels.get(task, "unknown")


@plain
def cancel(frame, statement):
    future = frame.execution.names.get(statement["on"])
    return NOTHING if future is None else show(future.cancel(statement.get("text")))


@plain
def cancel_me(frame, statement):
    task = asyncio.current_task()
    return "no task" if task is None else show(task.cancel(statement.get("text")))


@plain
def uncancel(frame, statement):
    task = _task(frame, statement)
    return NOTHING if task is None else str(task.uncancel())


@plain
def cancelling(frame, statement):
    task = _task(frame, statement)
    return NOTHING if task is None else str(task.cancelling())


def _task(frame, statement):
    """The task that is named, or the current one."""
    if "on" not in statement:
        return asyncio.current_task()
    task = frame.execution.names.get(statement["on"])
    return task if isinstance(task, asyncio.Task) else None


@suspending
async def await_(frame, statement):
    future = frame.execution.names.get(statement["on"])
    if future is None:
        frame.log(f"await: {NOTHING}")
    else:
        frame.log(f"await: {show(await future)}")
