"""Futures that programs complete themselves, done callbacks, gather and shield."""

import asyncio

from vocabulary import NOTHING, plain
from words import Failed, show, standing


@plain
def future(frame, statement):
    execution = frame.execution
    execution.names[statement["to"]] = execution.loop.create_future()


@plain
def set_(frame, statement):
    future = _completable(frame, statement)
    return NOTHING if future is None else _none(future.set_result(statement["value"]))


@plain
def fail(frame, statement):
    future = _completable(frame, statement)
    return NOTHING if future is None else _none(future.set_exception(Failed(statement["text"])))


def _completable(frame, statement):
    """The named future, unless it is a shield, whose completion by hand means nothing."""
    future = frame.execution.names.get(statement["on"])
    return None if future in frame.execution.shields else future


def _none(_):
    return "ok"


@plain
def state(frame, statement):
    future = frame.execution.names.get(statement["on"])
    return NOTHING if future is None else standing(future)


@plain
def result(frame, statement):
    future = frame.execution.names.get(statement["on"])
    return NOTHING if future is None else show(future.result())


@plain
def exception(frame, statement):
    future = frame.execution.names.get(statement["on"])
    return NOTHING if future is None else show(future.exception())


@plain
def on_done(frame, statement):
    execution = frame.execution
    future = execution.names.get(statement["on"])
    callback = _callback(frame, statement) if "body" in statement else execution.names.get(statement["as"])
    if future is None or callback is None:
        return NOTHING
    execution.names[statement["as"]] = callback
    future.add_done_callback(callback)


def _callback(frame, statement):
    child = type(frame)(frame.execution, frame.execution.next_label(statement["as"]))

    def done(future):
        child.log(f"done: {standing(future)}")
        child.plain_block(statement["body"])

    return done


@plain
def remove_done(frame, statement):
    future = frame.execution.names.get(statement["on"])
    callback = frame.execution.names.get(statement["as"])
    if future is None or callback is None:
        return NOTHING
    return str(future.remove_done_callback(callback))


def awaitable(frame, source):
    """What a program names or writes in place, to be awaited; None if the name stands for nothing."""
    execution = frame.execution
    if "ref" in source:
        return execution.names.get(source["ref"])
    return execution.body(execution.next_label("child"), source["body"])


@plain
def gather(frame, statement):
    children = [awaitable(frame, source) for source in statement["of"]]
    frame.execution.names[statement["to"]] = asyncio.gather(
        *(child for child in children if child is not None), return_exceptions=statement.get("outcomes", False)
    )


@plain
def shield(frame, statement):
    inner = awaitable(frame, statement["of"])
    if inner is None:
        return NOTHING
    outer = asyncio.shield(inner)
    frame.execution.names[statement["to"]] = outer
    if outer is not inner:
        frame.execution.shields.add(outer)
