"""An event loop without real time, without I/O and without undefined order.

Time is a whole number of microseconds and passes only while the loop has nothing to do. Where asyncio leaves
an order to chance (timers with equal deadlines, sets of tasks), the order is that of scheduling, insertion or
creation, which is how jasyncio defines it. One rule of later releases that jasyncio follows is brought to 3.13:
a task group hears of the end of an eager task from the ready queue.
"""

import asyncio
import itertools

# The loop waits in one go however far the next timer is.
asyncio.base_events.MAXIMUM_SELECT_TIMEOUT = 10**18


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


class VirtualSelector:
    """Waits by moving the loop's clock."""

    def __init__(self, loop):
        self._loop = loop

    def select(self, timeout=None):
        if timeout is None:
            raise RuntimeError("Nothing is left to run and nothing is scheduled")
        self._loop.advance(timeout)
        return ()


class VirtualLoop(asyncio.BaseEventLoop):
    """A loop whose time starts at 0. It remembers the tasks that were created, in that order."""

    def __init__(self):
        super().__init__()
        self._now = 0
        self._clock_resolution = 1
        self._selector = VirtualSelector(self)
        self.created = []
        self.eager = False

    def time(self):
        return self._now

    def advance(self, microseconds):
        self._now += microseconds

    def create_task(self, coro, *, eager=False, **options):
        """Creates a task, which starts at once if it is to or if all are to: what `eager_task_factory` does."""
        place = len(self.created)
        self.created.append(None)
        task = asyncio.Task(coro, loop=self, eager_start=eager or self.eager, **options)
        self.created[place] = task
        return task

    def pending(self):
        return [task for task in self.created if task is not None and not task.done()]

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass


class TaskGroup(asyncio.TaskGroup):
    """A task group that takes eager tasks too, and hears of their end from the ready queue, never at once."""

    def create_task(self, coro, **options):
        problem = (
            "has not been entered" if not self._entered
            else "is finished" if self._exiting and not self._tasks
            else "is shutting down" if self._aborting
            else None
        )
        if problem is not None:
            coro.close()
            raise RuntimeError(f"TaskGroup {self!r} {problem}")
        task = self._loop.create_task(coro, **options)
        self._tasks.add(task)
        task.add_done_callback(self._on_task_done)
        return task


def _ordered_as_completed(self, aws, timeout):
    """`_AsCompletedIterator.__init__` with an ordered set."""
    self._done = asyncio.Queue()
    self._timeout_handle = None
    loop = asyncio.get_running_loop()
    todo = OrderedSet(aws)
    for future in todo:
        future.add_done_callback(self._handle_completion)
    if todo and timeout is not None:
        self._timeout_handle = loop.call_later(timeout, self._handle_timeout)
    self._todo = todo
    self._todo_left = len(todo)


asyncio.events.TimerHandle = OrderedTimerHandle
asyncio.taskgroups.set = OrderedSet
asyncio.tasks.set = OrderedSet
asyncio.tasks._AsCompletedIterator.__init__ = _ordered_as_completed
