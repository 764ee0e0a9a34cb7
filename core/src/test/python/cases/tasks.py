"""Tasks and coroutines without cancellation."""

import asyncio

from tracing import Failed


async def first_step_is_scheduled(t):
    t.loop.call_soon(t.logger("soon before"))
    task = asyncio.create_task(t.worker("a", 0))
    t.loop.call_soon(t.logger("soon after"))
    t.log("created")
    t.outcome("task", task)
    await task


async def await_coroutine_no_yield(t):
    async def child():
        t.log("child")
        return "value"

    t.ticks(2)
    t.log(f"result {await child()}")
    coroutine = child()
    t.log("coroutine made")
    t.log(f"result {await coroutine}")
    await asyncio.sleep(0)


async def await_finished_task_no_yield(t):
    task = asyncio.create_task(t.worker("a", 0))
    await asyncio.sleep(1)
    t.ticks(2)
    t.log(f"result {await task}")
    t.log(f"result {await task}")
    await asyncio.sleep(0)


async def await_task_latency(t):
    """Counts the iterations from creation to the end of the await."""

    async def child():
        t.log("child")

    t.ticks(4)
    await asyncio.create_task(child())
    t.log("main")
    await asyncio.sleep(0)


async def task_chain_latency(t):
    async def level(depth):
        if depth:
            await asyncio.create_task(level(depth - 1))
        t.log(f"level {depth}")

    t.ticks(9)
    await level(3)


async def nested_coroutines(t):
    async def level(depth):
        t.log(f"enter {depth}")
        if depth:
            await level(depth - 1)
        else:
            await asyncio.sleep(1)
        t.log(f"leave {depth}")
        return depth

    t.log(f"result {await level(3)}")


async def recursion(t):
    async def fibonacci(number):
        if number < 2:
            await asyncio.sleep(0)
            return number
        return await fibonacci(number - 1) + await fibonacci(number - 2)

    async def factorial(number):
        if number < 2:
            return 1
        return number * await asyncio.create_task(factorial(number - 1))

    t.log(f"fibonacci {await fibonacci(10)}")
    t.log(f"factorial {await factorial(10)}")


async def exception_through_several_awaits(t):
    async def inner():
        await asyncio.sleep(1)
        raise Failed("boom")

    async def middle():
        try:
            await inner()
        finally:
            t.log("finally of middle")

    async def outer():
        try:
            await middle()
        except Failed as failure:
            t.log(f"outer caught {failure}")
            raise

    await t.attempt("outer", outer())


async def exception_through_several_tasks(t):
    async def inner():
        await asyncio.sleep(1)
        raise failure

    async def middle():
        try:
            await asyncio.create_task(inner())
        finally:
            t.log("finally of middle")

    failure = Failed("boom")
    try:
        await asyncio.create_task(middle())
    except Failed as caught:
        t.log(f"the same {t.shown(caught is failure)}")


async def exception_translated(t):
    async def inner():
        raise Failed("inner")

    async def outer():
        try:
            await asyncio.create_task(inner())
        except Failed as failure:
            raise Failed(f"outer of {failure}") from failure

    await t.attempt("outer", outer())


async def failed_task(t):
    task = asyncio.create_task(t.failing("a", 1))
    task.add_done_callback(t.on_done("callback"))
    await t.attempt("first", task)
    await t.attempt("second", task)
    t.call("result", task.result)
    t.call("exception", task.exception)
    t.call("cancelled", task.cancelled)
    t.call("cancel", task.cancel)


async def failed_task_does_not_disturb_others(t):
    failing = asyncio.create_task(t.failing("a", 1))
    other = asyncio.create_task(t.worker("b", 2))
    t.log(f"other {await other}")
    t.outcome("failing", failing)


async def unfinished_task(t):
    task = asyncio.create_task(t.worker("a", 1))
    t.call("result", task.result)
    t.call("exception", task.exception)
    t.call("done", task.done)
    await task
    t.call("result", task.result)
    t.call("exception", lambda: t.shown(task.exception()))
    t.call("done", task.done)


async def task_result_cannot_be_set(t):
    task = asyncio.create_task(t.worker("a", 1))
    t.call("set_result", lambda: task.set_result("other"))
    t.call("set_exception", lambda: task.set_exception(Failed("boom")))
    t.log(f"result {await task}")


async def done_callbacks_and_waiters_of_task(t):
    async def wait(name):
        t.log(f"{name} {await task}")

    task = asyncio.create_task(t.worker("task", 1))
    task.add_done_callback(t.on_done("callback 1"))
    first = asyncio.create_task(wait("waiter 1"))
    await asyncio.sleep(0)
    task.add_done_callback(t.on_done("callback 2"))
    second = asyncio.create_task(wait("waiter 2"))
    await asyncio.wait([first, second])


async def task_awaits_itself(t):
    async def own():
        await asyncio.sleep(0)
        await t.attempt("await", task)
        await asyncio.sleep(1)
        return "goes on"

    task = asyncio.create_task(own())
    t.log(f"result {await task}")


async def coroutine_is_lazy(t):
    coroutine = t.worker("a", 1)
    t.log("made")
    await asyncio.sleep(1)
    t.log(f"result {await coroutine}")


async def coroutine_awaited_twice(t):
    coroutine = t.worker("a", 0)
    await t.attempt("first", coroutine)
    await t.attempt("second", coroutine)


async def coroutine_closed_before_await(t):
    coroutine = t.worker("a", 0)
    coroutine.close()
    await t.attempt("await", coroutine)
    await asyncio.sleep(1)


async def ensure_future_of_task_is_the_task(t):
    task = asyncio.create_task(t.worker("a", 1))
    t.log(f"same {t.shown(asyncio.ensure_future(task) is task)}")
    wrapped = asyncio.ensure_future(t.worker("b", 1))
    t.outcome("wrapped", wrapped)
    t.log(f"results {await task} {await wrapped}")


async def current_task_and_names(t):
    async def child():
        t.log(f"child is {asyncio.current_task().get_name()}")
        await inline()

    async def inline():
        t.log(f"inline in {asyncio.current_task().get_name()}")

    await asyncio.create_task(child(), name="first")
    await child()
    task = asyncio.create_task(child(), name="second")
    task.set_name("renamed")
    await task
    t.log(f"main is {asyncio.current_task().get_name()}")


async def all_tasks_are_the_unfinished(t):
    def names():
        return sorted(task.get_name() for task in asyncio.all_tasks())

    first = asyncio.create_task(t.worker("a", 1), name="a")
    second = asyncio.create_task(t.worker("b", 2), name="b")
    t.log(f"all {t.shown(names())}")
    await first
    t.log(f"all {t.shown(names())}")
    await second
    t.log(f"all {t.shown(names())}")


async def task_started_by_task_outlives_it(t):
    children = []

    async def parent():
        children.append(asyncio.create_task(t.worker("child", 2)))
        return "parent"

    t.log(f"result {await asyncio.create_task(parent())}")
    t.log(f"result {await children[0]}")


async def result_of_every_kind(t):
    async def give(value):
        return value

    for value in (None, True, 42, "text", [1, "two"]):
        t.log(f"inline {t.shown(await give(value))}, task {t.shown(await asyncio.create_task(give(value)))}")


async def producer_and_consumer(t):
    """A hand-made channel: one slot, two futures."""
    loop = t.loop
    items, waiting = [], []

    async def produce():
        for number in range(3):
            await asyncio.sleep(1)
            items.append(number)
            t.log(f"put {number}")
            if waiting and not waiting[0].done():
                waiting.pop().set_result(None)

    async def consume():
        for _ in range(3):
            while not items:
                waiting.append(loop.create_future())
                await waiting[0]
            t.log(f"got {items.pop(0)}")

    await asyncio.wait([asyncio.create_task(consume()), asyncio.create_task(produce())])
