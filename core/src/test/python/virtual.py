"""An event loop without real time and without undefined order.

The selector never blocks: it advances the loop's clock by the time it was asked to wait. Where asyncio
leaves an order to chance (timers with equal deadlines, sets of tasks), the order is that of scheduling,
insertion or creation, which is how jasyncio defines it.
"""

import asyncio
import itertools
import selectors


class OrderedTimerHandle(asyncio.TimerHandle):
    """A timer that runs after every timer with the same deadline that was scheduled before it."""

    __slots__ = ("_sequence",)
    _counter = itertools.count()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._sequence = next(self._counter)

    def __lt__(self, other):
        return (self._when, self._sequence) < (other._when, other._sequence)


class OrderedSet(dict):
    """The part of `set` that asyncio uses, iterated in order of insertion."""

    def __init__(self, elements=()):
        super().__init__((element, None) for element in elements)

    def add(self, element):
        self[element] = None

    def discard(self, element):
        self.pop(element, None)

    def remove(self, element):
        del self[element]


class VirtualSelector(selectors.SelectSelector):
    def __init__(self, loop):
        super().__init__()
        self._loop = loop

    def select(self, timeout=None):
        ready = super().select(0)
        if ready:
            return ready
        if timeout is None:
            raise RuntimeError("Nothing is left to run and nothing is scheduled")
        self._loop.advance(timeout)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop whose time starts at 0 and passes only while it has nothing to do."""

    def __init__(self):
        self._now = 0.0
        self.created = []
        super().__init__(VirtualSelector(self))
        self._asyncgens = OrderedSet()

    def time(self):
        return self._now

    def advance(self, seconds):
        self._now += seconds

    def create_task(self, coro, **kwargs):
        task = super().create_task(coro, **kwargs)
        self.created.append(task)
        return task

    def create_eager_task(self, coro, **kwargs):
        task = asyncio.Task(coro, loop=self, eager_start=True, **kwargs)
        self.created.append(task)
        return task


def _all_tasks(loop=None):
    loop = loop or asyncio.get_running_loop()
    return OrderedSet(task for task in loop.created if not task.done())


asyncio.events.TimerHandle = OrderedTimerHandle
asyncio.taskgroups.set = OrderedSet
asyncio.tasks.set = OrderedSet
asyncio.tasks.all_tasks = _all_tasks
