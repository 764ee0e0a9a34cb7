"""What a case logs with, and the tasks that many cases share.

Exceptions are named in words that belong neither to Python nor to Java: `cancelled: why`, `timed out`,
`failed: boom`, `invalid state`, `refused`.
"""

import asyncio
import inspect


class Failed(Exception):
    """What cases raise to fail."""


class Trace:
    def __init__(self, loop):
        self.loop = loop
        self._lines = []
        self._finished = False
        self._kept = []  # generators, which would run their finally blocks when they are collected

    # The log

    def log(self, text):
        """Appends a line, with the virtual time in seconds."""
        if not self._finished:
            self._lines.append(f"[{self.now()}] {text}")

    def now(self):
        return seconds(self.loop.time())

    def shown(self, value):
        """How the log shows a value."""
        return show(value)

    def finish(self):
        self._finished = True
        return self._lines

    def on_failure(self, loop, context):
        """The loop's exception handler; leaves out what depends on garbage collection."""
        message = context["message"].lower()
        if "never retrieved" in message or "destroyed" in message:
            return
        kind = next((kind for kind in ("callback", "shutdown") if kind in message), "other")
        self.log(f"handler: {kind}: {describe(context.get('exception'))}")

    # Outcomes

    def call(self, label, body):
        """Calls the body and logs its value or what it raises."""
        try:
            value = body()
        except BaseException as exception:
            self.log(f"{label}: {describe(exception)}")
        else:
            self.log(f"{label}: {show(value)}")

    async def attempt(self, label, awaitable):
        """Awaits and logs the value or what is raised, a cancellation too."""
        try:
            value = await awaitable
        except BaseException as exception:
            self.log(f"{label}: {describe(exception)}")
        else:
            self.log(f"{label}: {show(value)}")

    # Generators

    def steps(self, name, generator, script):
        """Does one step after the other to a generator and logs each outcome.

        The steps are `next`, `send:VALUE`, `throw:WHAT`, `close` and `state`; WHAT is `exit` for GeneratorExit, `end` and
        `stop` for StopIteration without and with a value, or else the message of a failure.
        """
        self._kept.append(generator)
        for step in script.split():
            self.call(f"{name} {step}", lambda: _step(generator, *step.split(":")))

    def outcome(self, label, future):
        """Logs where a future stands, without waiting."""
        self.log(f"{label}: {standing(future)}")

    # Callbacks and tasks that many cases share

    def ticks(self, count):
        """Logs the beginning of each of the next iterations."""

        def tick(number):
            self.log(f"tick {number}")
            if number < count:
                self.loop.call_soon(tick, number + 1)

        self.loop.call_soon(tick, 1)

    def logger(self, text):
        """A callback without parameters that logs."""
        return lambda: self.log(text)

    def on_done(self, label):
        """A done callback that logs."""
        return lambda future: self.log(f"{label}: {standing(future)}")

    async def worker(self, name, delay):
        """Sleeps, then returns its name."""
        self.log(f"{name} starts")
        try:
            await asyncio.sleep(delay)
        except asyncio.CancelledError as cancellation:
            self.log(f"{name} {describe(cancellation)}")
            raise
        self.log(f"{name} ends")
        return name

    async def failing(self, name, delay):
        """Sleeps, then fails with its name."""
        await self.worker(name, delay)
        raise Failed(name)

    async def stubborn(self, name, delay, cleanup):
        """When cancelled, suppresses that, sleeps once more and returns."""
        try:
            return await self.worker(name, delay)
        except asyncio.CancelledError:
            await asyncio.sleep(cleanup)
            self.log(f"{name} returns all the same")
            return f"{name} late"

    async def tidy(self, name, delay, cleanup):
        """Awaits in its finally block."""
        try:
            return await self.worker(name, delay)
        finally:
            await asyncio.sleep(cleanup)
            self.log(f"{name} has cleaned up")

    async def clumsy(self, name, delay, cleanup):
        """When cancelled, fails after cleaning up."""
        try:
            return await self.worker(name, delay)
        except asyncio.CancelledError:
            await asyncio.sleep(cleanup)
            self.log(f"{name} fails in cleanup")
            raise Failed(f"cleanup of {name}")

    async def holder(self, name, lock, delay):
        """Acquires a lock or a permit, sleeps and releases it."""
        self.log(f"{name} asks")
        try:
            await lock.acquire()
        except asyncio.CancelledError as cancellation:
            self.log(f"{name} {describe(cancellation)}")
            raise
        try:
            self.log(f"{name} has it")
            await asyncio.sleep(delay)
        finally:
            lock.release()
            self.log(f"{name} has released it")


def _step(generator, step, argument=None):
    match step:
        case "next":
            return next(generator)
        case "send":
            return generator.send(None if argument == "none" else argument)
        case "throw":
            return generator.throw(_thrown(argument))
        case "close":
            generator.close()
        case "state":
            return inspect.getgeneratorstate(generator).removeprefix("GEN_").lower()


def _thrown(what):
    match what:
        case "exit":
            return GeneratorExit()
        case "end":
            return StopIteration()
        case "stop":
            return StopIteration("stop")
    return Failed(what)


def seconds(time):
    """A time in seconds, to the millisecond, without trailing zeros."""
    return f"{round(time * 1000) / 1000:.3f}".rstrip("0").rstrip(".")


def describe(exception):
    if exception is None:
        return "no exception"
    if isinstance(exception, asyncio.CancelledError):
        message = str(exception)
        return f"cancelled: {message}" if message else "cancelled"
    if isinstance(exception, Failed):
        return f"failed: {exception}"
    if isinstance(exception, BaseExceptionGroup):
        return f"group[{', '.join(describe(each) for each in exception.exceptions)}]"
    if isinstance(exception, StopIteration):
        return "ended" if exception.value is None else f"ended: {show(exception.value)}"
    for kind, words in _WORDS.items():
        if isinstance(exception, kind):
            return words
    raise exception


_WORDS = {
    asyncio.TimeoutError: "timed out",
    asyncio.InvalidStateError: "invalid state",
    asyncio.BrokenBarrierError: "barrier broken",
    asyncio.QueueEmpty: "queue empty",
    asyncio.QueueFull: "queue full",
    asyncio.QueueShutDown: "queue shut down",
    KeyboardInterrupt: "keyboard interrupt",
    StopAsyncIteration: "end of iteration",
    GeneratorExit: "generator exit",
    AttributeError: "refused",
    LookupError: "no value",
    RuntimeError: "refused",
    TypeError: "refused",
    ValueError: "refused",
    OSError: "input or output failed",
}


def show(value):
    if value is None:
        return "none"
    if isinstance(value, float):
        return seconds(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, BaseException):
        return describe(value)
    if isinstance(value, (list, tuple)):
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
