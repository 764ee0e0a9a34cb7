"""Context variables."""

import contextvars

from vocabulary import NOTHING, plain

_VARIABLES = {
    "v0": contextvars.ContextVar("v0"),
    "v1": contextvars.ContextVar("v1", default=-1),
}


@plain
def set_var(frame, statement):
    frame.execution.names[statement["as"]] = _VARIABLES[statement["on"]].set(statement["value"])


@plain
def reset_var(frame, statement):
    token = frame.execution.names.get(statement["as"])
    if token is None:
        return NOTHING
    _VARIABLES[statement["on"]].reset(token)
    return "ok"


@plain
def get_var(frame, statement):
    return str(_VARIABLES[statement["on"]].get())


@plain
def in_context(frame, statement):
    contextvars.copy_context().run(frame.plain_block, statement["body"])
