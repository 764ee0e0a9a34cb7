"""run and Runner: what happens around the main task, above all at the end. These cases make their own loops."""

import asyncio
import contextvars

from tracing import Failed
from virtual import VirtualLoop


def _run(t, main, label="run"):
    """Runs a main coroutine function as asyncio.run does, on a virtual loop that the trace follows."""

    def make_loop():
        t.loop.close()
        t.loop = VirtualLoop()
        t.loop.set_exception_handler(t.on_failure)
        return t.loop

    t.call(label, lambda: asyncio.run(main(), loop_factory=make_loop))
    t.log(f"closed {t.shown(t.loop.is_closed())}")


def run_returns(t):
    async def main():
        return await t.worker("main", 1)

    _run(t, main)


def run_fails(t):
    async def main():
        await t.failing("main", 1)

    _run(t, main)


def run_twice(t):
    async def main():
        return await t.worker("main", 1)

    _run(t, main, "first")
    _run(t, main, "second")


def run_cancels_what_is_left(t):
    async def main():
        tasks.append(asyncio.create_task(t.worker("a", 9)))
        tasks.append(asyncio.create_task(t.tidy("b", 9, 1)))
        await asyncio.sleep(1)
        t.log("main ends")

    tasks = []
    _run(t, main)
    t.outcome("a", tasks[0])
    t.outcome("b", tasks[1])


def run_cancels_what_is_left_after_failure(t):
    async def main():
        tasks.append(asyncio.create_task(t.tidy("a", 9, 1)))
        await asyncio.sleep(1)
        raise Failed("main")

    tasks = []
    _run(t, main)


def run_cancels_tasks_not_started(t):
    async def main():
        tasks.append(asyncio.create_task(t.worker("a", 9)))

    tasks = []
    _run(t, main)
    t.outcome("a", tasks[0])


def run_waits_for_stubborn_tasks(t):
    """A task that suppresses its cancellation is waited for."""

    async def main():
        tasks.append(asyncio.create_task(t.stubborn("a", 9, 20)))
        await asyncio.sleep(1)

    tasks = []
    _run(t, main)
    t.outcome("a", tasks[0])


def run_reports_failures_at_shutdown(t):
    async def main():
        tasks.append(asyncio.create_task(t.clumsy("a", 9, 2)))
        tasks.append(asyncio.create_task(t.worker("b", 9)))
        tasks.append(asyncio.create_task(t.clumsy("c", 9, 1)))
        await asyncio.sleep(1)

    tasks = []
    _run(t, main)


def run_cancels_shielded_tasks(t):
    async def waiter():
        await asyncio.shield(tasks[0])

    async def main():
        tasks.append(asyncio.create_task(t.worker("inner", 9)))
        tasks.append(asyncio.create_task(waiter()))
        await asyncio.sleep(1)

    tasks = []
    _run(t, main)
    t.outcome("inner", tasks[0])
    t.outcome("waiter", tasks[1])


def run_task_created_at_shutdown_is_not_awaited(t):
    """Only tasks that exist when the shutdown begins are cancelled and awaited."""

    async def last():
        try:
            await asyncio.sleep(9)
        finally:
            tasks.append(asyncio.create_task(t.worker("late", 9)))
            await asyncio.sleep(1)
            t.log("last ends")

    async def main():
        tasks.append(asyncio.create_task(last()))
        await asyncio.sleep(1)

    tasks = []
    _run(t, main)
    t.outcome("late", tasks[1])


def run_timers_are_dropped(t):
    async def main():
        asyncio.get_running_loop().call_later(5, t.logger("timer"))
        await asyncio.sleep(1)

    _run(t, main)


def run_main_cancels_itself(t):
    async def main():
        asyncio.current_task().cancel("main")
        await asyncio.sleep(1)

    _run(t, main)


def run_inside_run_is_refused(t):
    async def other():
        t.log("not reached")

    async def main():
        coroutine = other()
        t.call("inner", lambda: asyncio.run(coroutine))
        coroutine.close()

    _run(t, main)


def run_group_is_cancelled_at_shutdown(t):
    async def grouped():
        async with asyncio.TaskGroup() as group:
            group.create_task(t.tidy("a", 9, 1))
            group.create_task(t.worker("b", 9))

    async def main():
        tasks.append(asyncio.create_task(grouped()))
        await asyncio.sleep(1)

    tasks = []
    _run(t, main)
    t.outcome("grouped", tasks[0])


def run_keyboard_interrupt_in_main(t):
    """The other tasks are cancelled and awaited, then it goes on its way."""

    async def main():
        tasks.append(asyncio.create_task(t.tidy("a", 9, 1)))
        await asyncio.sleep(1)
        raise KeyboardInterrupt

    tasks = []
    _run(t, main)


def runner_keeps_loop_and_context(t):
    """Every run of a runner sees what the earlier ones set."""
    variable = contextvars.ContextVar("variable", default="default")

    def make_loop():
        t.loop.close()
        t.loop = VirtualLoop()
        return t.loop

    async def main(value):
        t.log(f"sees {variable.get()}")
        variable.set(value)
        await asyncio.sleep(1)
        return value

    with asyncio.Runner(loop_factory=make_loop) as runner:
        t.call("first", lambda: runner.run(main("one")))
        loop = runner.get_loop()
        t.call("second", lambda: runner.run(main("two")))
        t.log(f"same loop {t.shown(runner.get_loop() is loop)}")
    t.log(f"outside {variable.get()}")


def runner_leaves_tasks_between_runs(t):
    def make_loop():
        t.loop.close()
        t.loop = VirtualLoop()
        return t.loop

    async def main(delay):
        if not tasks:
            tasks.append(asyncio.create_task(t.tidy("left over", 2, 1)))
        await asyncio.sleep(delay)
        t.log("main ends")

    tasks = []
    with asyncio.Runner(loop_factory=make_loop) as runner:
        runner.run(main(1))
        runner.run(main(0.5))
        t.log("closing")
    t.outcome("left over", tasks[0])


def runner_closed_refuses(t):
    async def main():
        return "value"

    def make_loop():
        t.loop.close()
        t.loop = VirtualLoop()
        return t.loop

    def run():
        coroutine = main()
        try:
            return runner.run(coroutine)
        finally:
            coroutine.close()

    runner = asyncio.Runner(loop_factory=make_loop)
    t.call("first", run)
    runner.close()
    runner.close()
    t.call("after close", run)
