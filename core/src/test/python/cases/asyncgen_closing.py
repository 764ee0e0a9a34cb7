"""Asynchronous generators: closing, cancelling, and more than one task at one of them."""

import asyncio
import contextlib
import inspect

from tracing import Failed


async def _resource(t, name, cleanup=0, delay=0):
    """Yields 1, 2, 3 and awaits when it cleans up."""
    try:
        for value in [1, 2, 3]:
            await asyncio.sleep(delay)
            yield value
    except BaseException as exception:
        t.log(f"{name}: {t.shown(exception)}")
        raise
    finally:
        await asyncio.sleep(cleanup)
        t.log(f"{name} has cleaned up")


async def _next(generator):
    return await generator.__anext__()


async def _close(generator):
    await generator.aclose()


def _state(generator):
    return inspect.getasyncgenstate(generator).removeprefix("AGEN_").lower()


async def aclose_runs_what_is_finally(t):
    generator = _resource(t, "a", 2)
    await t.attempt("first", generator.__anext__())
    await t.attempt("closed", generator.aclose())
    t.log(_state(generator))
    await t.attempt("next", generator.__anext__())


async def aclose_latency(t):
    generator = _resource(t, "a")
    await generator.__anext__()
    t.ticks(3)
    await t.attempt("closed", generator.aclose())


async def aclose_before_the_beginning(t):
    generator = _resource(t, "a")
    await t.attempt("closed", generator.aclose())
    t.log(_state(generator))
    await t.attempt("next", generator.__anext__())


async def aclose_after_the_end(t):
    generator = _resource(t, "a")
    async for _ in generator:
        pass
    await t.attempt("closed", generator.aclose())
    await t.attempt("closed again", generator.aclose())


async def aclose_twice(t):
    generator = _resource(t, "a")
    await generator.__anext__()
    await t.attempt("closed", generator.aclose())
    await t.attempt("closed again", generator.aclose())


async def aclose_that_is_ignored(t):
    async def body():
        try:
            yield 1
        except GeneratorExit:
            yield 2
        yield 3

    generator = body()
    await t.attempt("first", generator.__anext__())
    await t.attempt("closed", generator.aclose())
    t.log(_state(generator))
    await t.attempt("closed again", generator.aclose())
    await t.attempt("thrown", generator.athrow(Failed("in")))
    await t.attempt("next", generator.__anext__())
    await t.attempt("next", generator.__anext__())
    await t.attempt("closed at the end", generator.aclose())


async def aclose_that_is_ignored_after_an_await(t):
    async def body():
        try:
            yield 1
        finally:
            await asyncio.sleep(1)
            yield 2

    generator = body()
    await generator.__anext__()
    await t.attempt("closed", generator.aclose())
    await t.attempt("next", generator.__anext__())


async def aclose_and_the_body_fails(t):
    async def body():
        try:
            yield 1
        finally:
            raise Failed("cleanup")

    generator = body()
    await generator.__anext__()
    await t.attempt("closed", generator.aclose())
    await t.attempt("closed again", generator.aclose())


async def aclose_and_the_body_returns(t):
    async def body():
        try:
            yield 1
        except GeneratorExit:
            t.log("swallowed")

    generator = body()
    await generator.__anext__()
    await t.attempt("closed", generator.aclose())


async def aclose_and_the_body_raises_an_end(t):
    async def body():
        try:
            yield 1
        finally:
            raise StopAsyncIteration

    generator = body()
    await generator.__anext__()
    await t.attempt("closed", generator.aclose())


async def aclose_leaves_the_inner_one_alone(t):
    async def outer():
        async for value in inner:
            yield value

    inner = _resource(t, "inner")
    generator = outer()
    await generator.__anext__()
    await t.attempt("closed", generator.aclose())
    t.log(_state(inner))
    await t.attempt("inner goes on", inner.__anext__())
    await inner.aclose()


async def aclose_by_another_task(t):
    generator = _resource(t, "a", 1)
    await generator.__anext__()
    task = asyncio.create_task(_close(generator), name="closer")
    await asyncio.sleep(0)
    t.log(_state(generator))
    await task
    t.log(_state(generator))


async def aclosing_after_a_break(t):
    async with contextlib.aclosing(_resource(t, "a", 1)) as generator:
        async for value in generator:
            t.log(f"item {value}")
            break
    t.log(_state(generator))


async def aclosing_and_the_body_fails(t):
    async def body():
        async with contextlib.aclosing(_resource(t, "a", 1)) as generator:
            await generator.__anext__()
            raise Failed("body")

    await t.attempt("with", body())


async def aclosing_what_never_began(t):
    async with contextlib.aclosing(_resource(t, "a", 1)):
        t.log("body")


async def cancelled_in_the_body(t):
    generator = _resource(t, "a", 1, 5)
    task = asyncio.create_task(_next(generator))
    await asyncio.sleep(1)
    task.cancel("why")
    await t.attempt("task", task)
    t.log(_state(generator))
    await t.attempt("next", generator.__anext__())


async def cancelled_and_the_body_goes_on(t):
    async def body():
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError as cancellation:
            t.log(f"body: {t.shown(cancellation)}")
            t.log(f"cancelling {asyncio.current_task().cancelling()}")
        yield "all the same"
        yield "more"

    generator = body()
    task = asyncio.create_task(_next(generator))
    await asyncio.sleep(1)
    task.cancel("why")
    await t.attempt("task", task)
    await t.attempt("next", generator.__anext__())


async def cancelled_between_the_items(t):
    async def consume():
        async for value in generator:
            t.log(f"item {value}")
            await asyncio.sleep(5)

    generator = _resource(t, "a")
    task = asyncio.create_task(consume())
    await asyncio.sleep(1)
    task.cancel()
    await t.attempt("task", task)
    t.log(_state(generator))
    await t.attempt("next", generator.__anext__())
    await generator.aclose()


async def cancelled_while_it_closes(t):
    generator = _resource(t, "a", 5)
    await generator.__anext__()
    task = asyncio.create_task(_close(generator))
    await asyncio.sleep(1)
    task.cancel("why")
    await t.attempt("task", task)
    t.log(_state(generator))


async def cancelled_before_it_advances(t):
    generator = _resource(t, "a")
    task = asyncio.create_task(_next(generator))
    task.cancel()
    await t.attempt("task", task)
    t.log(_state(generator))


async def cancelled_by_the_body(t):
    async def body():
        asyncio.current_task().cancel("own")
        t.log("goes on")
        yield 1
        await asyncio.sleep(1)
        yield 2

    async def consume():
        async for value in body():
            t.log(f"item {value}")

    await t.attempt("task", asyncio.create_task(consume()))


async def cancelled_and_caught_by_the_consumer(t):
    async def consume():
        try:
            await generator.__anext__()
        except asyncio.CancelledError:
            t.log(f"caught, {_state(generator)}")
        asyncio.current_task().uncancel()
        await asyncio.sleep(1)
        return "done"

    generator = _resource(t, "a", 0, 5)
    task = asyncio.create_task(consume())
    await asyncio.sleep(1)
    task.cancel()
    await t.attempt("task", task)


async def overlapping_anext_is_refused(t):
    generator = _resource(t, "a", 0, 2)
    task = asyncio.create_task(_next(generator))
    await asyncio.sleep(1)
    await t.attempt("anext", generator.__anext__())
    await t.attempt("asend", generator.asend(None))
    await t.attempt("athrow", generator.athrow(Failed("in")))
    await t.attempt("aclose", generator.aclose())
    t.log(_state(generator))
    await t.attempt("task", task)
    await t.attempt("anext", generator.__anext__())
    await generator.aclose()


async def overlapping_aclose_is_refused(t):
    generator = _resource(t, "a", 2)
    await generator.__anext__()
    task = asyncio.create_task(_close(generator))
    await asyncio.sleep(1)
    await t.attempt("anext", generator.__anext__())
    await t.attempt("aclose", generator.aclose())
    await t.attempt("task", task)


async def own_body_cannot_advance_it(t):
    async def body():
        await t.attempt("anext inside", generator.__anext__())
        await t.attempt("aclose inside", generator.aclose())
        yield 1

    generator = body()
    await t.attempt("first", generator.__anext__())
    await t.attempt("second", generator.__anext__())


async def a_new_task_for_each_item(t):
    async def body():
        for value in range(4):
            await asyncio.sleep(1)
            yield f"{value} by {asyncio.current_task().get_name()}"

    generator = body()
    for number in range(5):
        await t.attempt("item", asyncio.create_task(_next(generator), name=f"task {number}"))


async def timeout_around_the_advance(t):
    async def limited():
        async with asyncio.timeout(1):
            await generator.__anext__()

    generator = _resource(t, "a", 1, 5)
    await t.attempt("limited", limited())
    t.log(_state(generator))


async def timeout_around_the_iteration(t):
    async def limited():
        async with asyncio.timeout(5):
            async for value in generator:
                t.log(f"item {value}")

    generator = _resource(t, "a", 0, 2)
    await t.attempt("limited", limited())


async def timeout_in_the_body(t):
    async def body():
        for delay in [1, 3]:
            try:
                async with asyncio.timeout(2):
                    await asyncio.sleep(delay)
                    result = "in time"
            except TimeoutError:
                result = "too late"
            yield result

    async for value in body():
        t.log(f"item {value}")


async def wait_for_an_item(t):
    generator = _resource(t, "a", 0, 3)
    await t.attempt("item", asyncio.wait_for(_next(generator), 1))
    t.log(_state(generator))


async def group_in_the_body(t):
    async def body():
        async with asyncio.TaskGroup() as group:
            a = group.create_task(t.worker("a", 2))
            b = group.create_task(t.worker("b", 1))
        yield a.result()
        yield b.result()

    async for value in body():
        t.log(f"item {value}")


async def group_in_the_body_fails(t):
    async def body():
        async with asyncio.TaskGroup() as group:
            group.create_task(t.worker("a", 2))
            group.create_task(t.failing("b", 1))
        yield 1

    generator = body()
    await t.attempt("item", generator.__anext__())
    t.log(_state(generator))


async def shield_in_the_body(t):
    async def body():
        yield await asyncio.shield(inner)

    inner = asyncio.create_task(t.worker("inner", 3))
    generator = body()
    task = asyncio.create_task(_next(generator))
    await asyncio.sleep(1)
    task.cancel()
    await t.attempt("task", task)
    await t.attempt("inner", inner)


async def lock_held_by_the_body(t):
    async def body():
        async with lock:
            yield 1
            yield 2

    lock = asyncio.Lock()
    generator = body()
    await generator.__anext__()
    t.log(f"locked {t.shown(lock.locked())}")
    waiter = asyncio.create_task(t.holder("b", lock, 0))
    await asyncio.sleep(1)
    await generator.aclose()
    await waiter


async def queue_between_generator_and_producer(t):
    async def body():
        while (item := await queue.get()) is not None:
            yield item

    async def produce():
        for value in [1, 2, None]:
            await asyncio.sleep(1)
            queue.put_nowait(value)

    queue = asyncio.Queue()
    producer = asyncio.create_task(produce())
    async for value in body():
        t.log(f"item {value}")
    await producer


async def shutdown_in_a_task(t):
    a, b, c = _resource(t, "a", 2), _resource(t, "b", 1), _resource(t, "c", 1)
    await a.__anext__()
    await b.__anext__()
    await t.loop.shutdown_asyncgens()
    t.log(f"{_state(a)} {_state(b)} {_state(c)}")
    await t.attempt("begun later", c.__anext__())
    await c.aclose()


async def failures_of_generators_that_the_loop_closes(t):
    async def failing():
        try:
            yield 1
        finally:
            raise Failed("cleanup")

    async def ignoring():
        try:
            yield 1
        finally:
            yield 2

    async def cancelling():
        try:
            yield 1
        finally:
            raise asyncio.CancelledError

    generators = [failing(), ignoring(), cancelling(), _resource(t, "a", 1)]
    for generator in generators:
        await generator.__anext__()
    await t.loop.shutdown_asyncgens()
    t.log(" ".join(_state(generator) for generator in generators))


async def shutdown_without_generators(t):
    t.ticks(2)
    await t.loop.shutdown_asyncgens()
    t.log("shut down")
    await asyncio.sleep(0)


async def shutdown_latency(t):
    generator = _resource(t, "a")
    await generator.__anext__()
    t.ticks(5)
    await t.loop.shutdown_asyncgens()
    t.log("shut down")
