"""Tasks that start inside create_task."""

import asyncio
import contextvars

from tracing import Failed


async def eager_runs_until_first_suspension(t):
    async def child():
        t.log("child starts")
        await asyncio.sleep(1)
        t.log("child ends")
        return "value"

    task = t.loop.create_eager_task(child())
    t.log("created")
    t.outcome("task", task)
    t.log(f"result {await task}")


async def eager_finishes_at_once(t):
    async def child():
        t.log("child")
        return "value"

    t.ticks(2)
    task = t.loop.create_eager_task(child())
    t.outcome("task", task)
    task.add_done_callback(t.on_done("callback"))
    t.log(f"result {await task}")
    await asyncio.sleep(0)


async def eager_failure_is_stored(t):
    async def child():
        raise Failed("child")

    task = t.loop.create_eager_task(child())
    t.log("created")
    await t.attempt("await", task)


async def eager_cancelled_error_is_stored(t):
    async def child():
        raise asyncio.CancelledError("own")

    task = t.loop.create_eager_task(child())
    t.call("cancelled", task.cancelled)
    await t.attempt("await", task)


async def eager_current_task_is_swapped(t):
    def name():
        return asyncio.current_task().get_name()

    async def child():
        t.log(f"in {name()}")
        await asyncio.sleep(0)
        t.log(f"in {name()}")

    task = t.loop.create_eager_task(child(), name="child")
    t.log(f"in {name()}")
    await task
    t.log(f"in {name()}")


async def eager_nested(t):
    async def level(depth):
        t.log(f"enter {depth}")
        if depth:
            task = t.loop.create_eager_task(level(depth - 1))
            t.outcome(f"below {depth}", task)
            await task
        t.log(f"leave {depth}")

    t.ticks(2)
    await t.loop.create_eager_task(level(3))


async def eager_nested_suspends(t):
    async def level(depth):
        t.log(f"enter {depth}")
        if depth:
            await t.loop.create_eager_task(level(depth - 1))
        else:
            await asyncio.sleep(0)
        t.log(f"leave {depth}")

    t.ticks(7)
    await t.loop.create_eager_task(level(3))


async def eager_creates_ordinary_task(t):
    async def child():
        t.log("child")
        task = asyncio.create_task(t.worker("grandchild", 0))
        t.log("child goes on")
        await task

    await t.loop.create_eager_task(child())


async def eager_and_ordinary_in_order(t):
    async def child(name):
        t.log(f"{name} starts")
        await asyncio.sleep(0)
        t.log(f"{name} ends")

    tasks = [
        asyncio.create_task(child("ordinary 1")),
        t.loop.create_eager_task(child("eager 1")),
        asyncio.create_task(child("ordinary 2")),
        t.loop.create_eager_task(child("eager 2")),
    ]
    await asyncio.wait(tasks)


async def eager_cancelled_after_start(t):
    """Its body has run up to the suspension, so it sees the cancellation."""
    task = t.loop.create_eager_task(t.worker("a", 5))
    task.cancel("why")
    await t.attempt("await", task)


async def eager_cancels_itself(t):
    async def child():
        asyncio.current_task().cancel("own")
        t.log("goes on")
        return "value"

    task = t.loop.create_eager_task(child())
    t.call("cancelled", task.cancelled)
    await t.attempt("await", task)


async def eager_completes_future_of_the_creator(t):
    async def child():
        future.set_result("value")
        t.log("set")

    future = t.loop.create_future()
    future.add_done_callback(t.on_done("callback"))
    t.loop.create_eager_task(child())
    t.ticks(2)
    t.log(f"result {await future}")
    await asyncio.sleep(0)


async def eager_all_tasks(t):
    def names():
        return sorted(task.get_name() for task in asyncio.all_tasks())

    async def child(delay):
        t.log(f"all {t.shown(names())}")
        if delay:
            await asyncio.sleep(delay)

    t.loop.create_eager_task(child(0), name="finished")
    t.log(f"all {t.shown(names())}")
    task = t.loop.create_eager_task(child(1), name="suspended")
    t.log(f"all {t.shown(names())}")
    await task
    t.log(f"all {t.shown(names())}")


async def eager_context_is_a_copy(t):
    variable = contextvars.ContextVar("variable", default="default")

    async def child():
        t.log(f"child sees {variable.get()}")
        variable.set("child")
        await asyncio.sleep(0)
        t.log(f"child keeps {variable.get()}")

    variable.set("main")
    task = t.loop.create_eager_task(child())
    t.log(f"main keeps {variable.get()}")
    await task
    t.log(f"main keeps {variable.get()}")


async def eager_in_gather(t):
    async def child(value):
        return value

    t.ticks(2)
    gathered = asyncio.gather(*(t.loop.create_eager_task(child(value)) for value in (1, 2)))
    t.outcome("gathered", gathered)
    t.log(f"results {t.shown(await gathered)}")


async def eager_from_callback(t):
    def start():
        tasks.append(t.loop.create_eager_task(t.worker("a", 1)))
        t.log("callback ends")

    tasks = []
    t.loop.call_soon(start)
    await asyncio.sleep(2)
    t.outcome("task", tasks[0])


async def eager_factory_starts_every_task(t):
    t.loop.set_task_factory(asyncio.eager_task_factory)
    first = asyncio.create_task(t.worker("a", 1))
    t.log("first created")
    second = asyncio.ensure_future(t.worker("b", 1))
    t.log("second created")
    await asyncio.wait([first, second])


async def eager_factory_and_gather(t):
    async def child(value):
        t.log(f"child {value}")
        return value

    t.loop.set_task_factory(asyncio.eager_task_factory)
    t.ticks(3)
    gathered = asyncio.gather(child(1), child(2))
    t.outcome("gathered", gathered)
    t.log(f"results {t.shown(await gathered)}")
    gathered = asyncio.gather(child(3), t.worker("a", 1))
    t.outcome("gathered", gathered)
    t.log(f"results {t.shown(await gathered)}")


async def eager_factory_and_failing_gather(t):
    async def fail(name):
        raise Failed(name)

    t.loop.set_task_factory(asyncio.eager_task_factory)
    gathered = asyncio.gather(t.worker("a", 1), fail("b"), fail("c"))
    t.outcome("gathered", gathered)
    await t.attempt("gathered", gathered)
    await asyncio.sleep(2)


async def eager_factory_and_group(t):
    async def child(value):
        t.log(f"child {value}")
        return value

    t.loop.set_task_factory(asyncio.eager_task_factory)
    async with asyncio.TaskGroup() as group:
        first = group.create_task(child(1))
        second = group.create_task(t.worker("a", 1))
        t.log("body ends")
    t.log(f"results {first.result()} {second.result()}")


async def eager_factory_and_shield(t):
    t.loop.set_task_factory(asyncio.eager_task_factory)
    outer = asyncio.shield(t.worker("a", 2))
    t.log("shielded")
    await asyncio.sleep(1)
    outer.cancel()
    await t.attempt("outer", outer)
    await asyncio.sleep(2)


async def eager_factory_taken_back(t):
    t.loop.set_task_factory(asyncio.eager_task_factory)
    eager = asyncio.create_task(t.worker("eager", 0))
    t.loop.set_task_factory(None)
    lazy = asyncio.create_task(t.worker("lazy", 0))
    t.log("created")
    await asyncio.wait([eager, lazy])
