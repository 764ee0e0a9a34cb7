"""How traces name values and exceptions: in words that belong neither to Python nor to Java."""

import asyncio


class Failed(Exception):
    """What programs raise to fail."""


_WORDS = {
    Failed: lambda failure: f"failed: {failure}",
    TimeoutError: lambda _: "timed out",
    asyncio.InvalidStateError: lambda _: "invalid state",
    asyncio.QueueEmpty: lambda _: "empty",
    asyncio.QueueFull: lambda _: "full",
    asyncio.QueueShutDown: lambda _: "shut down",
    asyncio.BrokenBarrierError: lambda _: "broken",
    KeyError: lambda error: f"unexpected {error!r}",
    LookupError: lambda _: "no value",
    RuntimeError: lambda _: "refused",
    TypeError: lambda _: "refused",
    ValueError: lambda _: "refused",
}


def describe(exception):
    if isinstance(exception, asyncio.CancelledError):
        message = str(exception)
        return f"cancelled: {message}" if message else "cancelled"
    if isinstance(exception, BaseExceptionGroup):
        return f"group[{', '.join(describe(each) for each in exception.exceptions)}]"
    for kind, words in _WORDS.items():
        if isinstance(exception, kind):
            return words(exception)
    return "no exception" if exception is None else f"unexpected {exception!r}"


def show(value):
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, BaseException):
        return describe(value)
    if isinstance(value, list):
        return f"[{', '.join(show(each) for each in value)}]"
    return str(value)


def standing(future):
    """Where a future stands; the message of a cancellation is left unread."""
    if not future.done():
        return "pending"
    if future.cancelled():
        return "cancelled"
    exception = future.exception()
    return show(future.result()) if exception is None else describe(exception)


def catches(kind, exception):
    """Tells whether a program's `catch` of this kind catches the exception."""
    match kind:
        case "none":
            return False
        case "any":
            return True
        case "cancelled":
            return isinstance(exception, asyncio.CancelledError)
        case "failed":
            return isinstance(exception, Failed)
        case "timeout":
            return isinstance(exception, TimeoutError)
        case "group":
            return isinstance(exception, BaseExceptionGroup)
    raise AssertionError(f"Unknown kind of exception: {kind}")
