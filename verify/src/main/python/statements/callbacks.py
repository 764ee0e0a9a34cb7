"""Callbacks of the loop."""

from vocabulary import NOTHING, plain
from words import show


@plain
def soon(frame, statement):
    return _schedule(frame, statement, frame.execution.loop.call_soon)


@plain
def threadsafe(frame, statement):
    return _schedule(frame, statement, frame.execution.loop.call_soon_threadsafe)


@plain
def later(frame, statement):
    return _schedule(frame, statement, lambda callback: frame.execution.loop.call_later(statement["us"], callback))


@plain
def at(frame, statement):
    return _schedule(frame, statement, lambda callback: frame.execution.loop.call_at(statement["us"], callback))


def _schedule(frame, statement, schedule):
    child = type(frame)(frame.execution, frame.execution.next_label(statement["to"]))

    def callback():
        child.log("runs")
        child.plain_block(statement["body"])

    frame.execution.names[statement["to"]] = schedule(callback)


@plain
def cancel_handle(frame, statement):
    handle = frame.execution.names.get(statement["on"])
    if handle is None:
        return NOTHING
    handle.cancel()


@plain
def handle_state(frame, statement):
    handle = frame.execution.names.get(statement["on"])
    return NOTHING if handle is None else show(handle.cancelled())
