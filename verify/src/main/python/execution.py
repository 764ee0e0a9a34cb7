"""One execution of a program: its loop, what its names stand for, and the trace."""

import asyncio

from virtual import VirtualLoop
from vocabulary import PLAIN, SUSPENDING
from words import describe, show

# When a run has taken so long, in microseconds of its loop, what is not done is cancelled, again and again.
LIMIT = 1_000_000
ROUND = 1_000
ROUNDS = 40

# A callback may cause itself again and again: after so many statements no more are executed.
MAX_STATEMENTS = 2_000


class Frame:
    """What a statement sees: who executes it, and the execution."""

    __slots__ = ("execution", "who")

    def __init__(self, execution, who):
        self.execution = execution
        self.who = who

    def log(self, text):
        self.execution.log(self.who, text)

    def plain_block(self, statements):
        """Executes statements that do not suspend."""
        for statement in statements:
            if self.execution.exhausted():
                return
            self._plain(PLAIN[statement["op"]], statement)

    async def block(self, statements):
        """Executes statements; returns a tuple of the value if one of them is a return, else None."""
        for statement in statements:
            if self.execution.exhausted():
                return None
            name = statement["op"]
            if name in PLAIN:
                self._plain(PLAIN[name], statement)
                continue
            try:
                returned = await SUSPENDING[name](self, statement)
            except Exception as failure:
                self._passed(statement, failure)
            else:
                if returned is not None:
                    return returned
        return None

    def _plain(self, operation, statement):
        try:
            text = operation(self, statement)
        except Exception as failure:
            self._passed(statement, failure)
        else:
            if text is not None:
                self.log(f"{statement['op']}: {text}")

    def _passed(self, statement, failure):
        """A safe statement logs its failure and lets the program go on."""
        if not statement.get("safe"):
            raise failure
        self.log(f"{statement['op']}: {describe(failure)}")


class Execution:
    def __init__(self, program):
        self.program = program
        self.loop = VirtualLoop()
        self.loop.eager = program.get("eager", False)
        self.loop.set_exception_handler(self._on_failure)
        self.names = {}
        self.labels = {}
        self.cells = {}
        self.shields = set()
        self.trace = []
        self._count = 0
        self._statements = 0
        self._finished = False
        self._wedged = False

    def run(self):
        """Executes the program and returns its trace."""
        for number, statements in enumerate(self.program["runs"], 1):
            if not self._wedged:
                self._run_main(f"main{number}", statements)
        if not self._wedged:
            self._finish_with("clean up", self._clean_up())
        self._finished = True
        self.loop.close()
        return self.trace

    def log(self, who, text):
        if not self._finished:
            self.trace.append(f"{self.loop.time()} {who}: {text}")

    def exhausted(self):
        """Counts a statement; tells whether it is one too many, or one of a coroutine that is destroyed afterwards."""
        if self._finished:
            return True
        self._statements += 1
        if self._statements == MAX_STATEMENTS:
            self.log("limit", "exhausted")
        return self._statements >= MAX_STATEMENTS

    def next_label(self, base):
        self._count += 1
        return f"{base}#{self._count}"

    async def body(self, label, statements):
        """The body of a task, or of a coroutine that is awaited in place."""
        frame = Frame(self, label)
        self.labels.setdefault(asyncio.current_task(), label)
        frame.log("starts")
        try:
            returned = await frame.block(statements)
        except BaseException as exception:
            frame.log(f"ends: {describe(exception)}")
            raise
        value = None if returned is None else returned[0]
        frame.log(f"returns {show(value)}")
        return value

    def _run_main(self, label, statements):
        timer = None
        rounds = 0

        def reap():
            nonlocal timer, rounds
            rounds += 1
            if rounds > ROUNDS:
                self._wedged = True
                self.log("limit", "wedged")
                self.loop.stop()
                return
            self.log("limit", "cancels")
            for task in self.loop.pending():
                task.cancel("limit")
            timer = self.loop.call_later(ROUND, reap)

        timer = self.loop.call_later(LIMIT, reap)
        self._finish_with(label, self.body(label, statements))
        timer.cancel()

    def _finish_with(self, label, coroutine):
        task = self.loop.create_task(coroutine)
        try:
            value = self.loop.run_until_complete(task)
        except BaseException as exception:
            self.log("run", f"{label}: {describe(exception)}")
        else:
            self.log("run", f"{label}: {show(value)}")

    async def _clean_up(self):
        for _ in range(ROUNDS):
            left = [task for task in self.loop.pending() if task is not asyncio.current_task()]
            if not left:
                return
            for task in left:
                task.cancel("end")
            await asyncio.sleep(ROUND)
        self.log("clean up", f"left {len(left)}")

    def _on_failure(self, loop, context):
        """The loop's exception handler; leaves out what depends on garbage collection or on the release."""
        if "callback" in context["message"].lower():
            self.log("handler", describe(context.get("exception")))
