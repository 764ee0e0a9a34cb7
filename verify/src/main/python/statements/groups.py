"""Task groups."""

from virtual import TaskGroup
from vocabulary import NOTHING, suspending


@suspending
async def group(frame, statement):
    group = frame.execution.names[statement["as"]] = TaskGroup()
    return await _within(group, frame, statement)


@suspending
async def group_again(frame, statement):
    """Enters a group that was entered before, or is entered."""
    group = frame.execution.names.get(statement["on"])
    if group is None:
        frame.log(f"groupAgain: {NOTHING}")
        return None
    return await _within(group, frame, statement)


async def _within(group, frame, statement):
    async with group:
        returned = await frame.block(statement["body"])
        frame.log("group: leaving")
    frame.log("group: left")
    return returned
