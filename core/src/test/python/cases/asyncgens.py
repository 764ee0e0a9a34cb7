"""Asynchronous generators: what iterating, sending and throwing do."""

import asyncio
import contextvars
import inspect

from tracing import Failed


async def _count(t, name, values, delay=0):
    """Sleeps before each value, and logs how it ends."""
    t.log(f"{name} starts")
    try:
        for value in values:
            await asyncio.sleep(delay)
            yield value
    except BaseException as exception:
        t.log(f"{name}: {t.shown(exception)}")
        raise
    t.log(f"{name} ends")


async def _echo(t):
    """Yields what it is sent."""
    value = None
    while True:
        value = yield value
        t.log(f"got {t.shown(value)}")


async def _drain(t, name, generator):
    async for value in generator:
        t.log(f"{name} {value}")


def _state(generator):
    return inspect.getasyncgenstate(generator).removeprefix("AGEN_").lower()


async def asyncgen_yields_then_ends(t):
    generator = _count(t, "a", [1, 2, 3], 1)
    t.log("created")
    await _drain(t, "item", generator)


async def asyncgen_without_awaits_does_not_suspend(t):
    async def values():
        for value in range(3):
            yield value

    t.ticks(2)
    await _drain(t, "item", values())
    t.log("drained")
    await asyncio.sleep(0)


async def asyncgen_latency(t):
    t.ticks(5)
    await _drain(t, "item", _count(t, "a", [1, 2, 3]))


async def asyncgen_advanced_by_hand(t):
    generator = _count(t, "a", [1, 2])
    for label in ["first", "second", "third", "fourth"]:
        await t.attempt(label, generator.__anext__())


async def asyncgen_empty(t):
    generator = _count(t, "a", [])
    await _drain(t, "item", generator)
    await t.attempt("again", generator.__anext__())


async def asyncgen_body_fails(t):
    async def body():
        yield 1
        await asyncio.sleep(1)
        raise Failed("body")

    generator = body()
    await t.attempt("first", generator.__anext__())
    await t.attempt("second", generator.__anext__())
    await t.attempt("third", generator.__anext__())


async def asyncgen_body_fails_under_a_loop(t):
    async def body():
        yield 1
        raise Failed("body")

    await t.attempt("drained", _drain(t, "item", body()))


async def asyncgen_states(t):
    async def body():
        t.log(f"inside {_state(generator)}")
        yield 1

    generator = body()
    t.log(_state(generator))
    await t.attempt("first", generator.__anext__())
    t.log(_state(generator))
    await t.attempt("second", generator.__anext__())
    t.log(_state(generator))


async def asyncgen_state_while_it_awaits(t):
    generator = _count(t, "a", [1], 2)
    task = asyncio.create_task(_drain(t, "item", generator))
    await asyncio.sleep(1)
    t.log(_state(generator))
    await task
    t.log(_state(generator))


async def asyncgen_state_after_failure(t):
    generator = _count(t, "a", [1])
    await generator.__anext__()
    await t.attempt("thrown", generator.athrow(Failed("in")))
    t.log(_state(generator))


async def asyncgen_raises_the_end_itself(t):
    async def body():
        yield 1
        raise StopAsyncIteration

    generator = body()
    await t.attempt("first", generator.__anext__())
    await t.attempt("second", generator.__anext__())
    await t.attempt("third", generator.__anext__())


async def asyncgen_raises_stop_iteration(t):
    async def body():
        yield 1
        raise StopIteration

    generator = body()
    await t.attempt("first", generator.__anext__())
    await t.attempt("second", generator.__anext__())


async def asyncgen_lets_the_end_of_another_escape(t):
    async def body(inner):
        while True:
            yield await inner.__anext__()

    generator = body(_count(t, "inner", [1]))
    await t.attempt("first", generator.__anext__())
    await t.attempt("second", generator.__anext__())


async def asyncgen_left_and_taken_up_again(t):
    generator = _count(t, "a", [1, 2, 3])
    async for value in generator:
        t.log(f"first loop {value}")
        break
    await _drain(t, "second loop", generator)


async def asyncgen_within_asyncgen(t):
    async def outer():
        async for value in _count(t, "inner", [1, 2], 1):
            yield value * 10
        yield 99

    await _drain(t, "item", outer())


async def asyncgen_levels_cost_no_iteration(t):
    async def level(depth):
        if depth == 0:
            async for value in _count(t, "innermost", [1, 2]):
                yield value
        else:
            async for value in level(depth - 1):
                yield value + 10

    t.ticks(4)
    await _drain(t, "item", level(4))


async def asyncgen_walks_a_tree(t):
    async def walk(tree):
        left, value, right = tree
        if left:
            async for each in walk(left):
                yield each
        await asyncio.sleep(1)
        yield value
        if right:
            async for each in walk(right):
                yield each

    await _drain(t, "node", walk(((None, 1, None), 2, ((None, 3, None), 4, None))))


async def asyncgen_pipeline(t):
    async def odd(source):
        async for value in source:
            if value % 2:
                yield value

    async def squared(source):
        async for value in source:
            await asyncio.sleep(1)
            yield value * value

    await _drain(t, "item", squared(odd(_count(t, "source", range(6)))))


async def asyncgen_runs_as_the_consumer(t):
    def name():
        return asyncio.current_task().get_name()

    async def body():
        t.log(f"starts in {name()}")
        yield 1
        await asyncio.sleep(0)
        t.log(f"goes on in {name()}")
        yield 2
        t.log(f"ends in {name()}")

    generator = body()
    await t.attempt("main", generator.__anext__())
    await asyncio.create_task(t.attempt("child", generator.__anext__()), name="child")
    t.log(f"back in {name()}")
    await t.attempt("main", generator.__anext__())


async def asyncgen_sees_the_consumers_context(t):
    variable = contextvars.ContextVar("variable", default="default")

    async def body():
        while True:
            t.log(f"body sees {variable.get()}")
            variable.set(variable.get() + "+")
            yield

    async def child():
        variable.set("child")
        await generator.__anext__()
        t.log(f"child sees {variable.get()}")

    generator = body()
    await generator.__anext__()
    t.log(f"main sees {variable.get()}")
    await asyncio.create_task(child())
    t.log(f"main sees {variable.get()}")
    await generator.__anext__()
    t.log(f"main sees {variable.get()}")


async def asyncgen_two_interleaved(t):
    a, b = _count(t, "a", [1, 2], 1), _count(t, "b", [3, 4], 1)
    for _ in range(2):
        await t.attempt("a", a.__anext__())
        await t.attempt("b", b.__anext__())


async def asyncgen_two_consumers_at_a_time(t):
    await asyncio.gather(
        _drain(t, "first", _count(t, "a", [1, 2], 2)), _drain(t, "second", _count(t, "b", [3, 4], 3))
    )


async def asyncgen_yields_nothing_in_particular(t):
    async def body():
        yield None
        yield 2

    generator = body()
    await t.attempt("first", generator.__anext__())
    await t.attempt("second", generator.__anext__())


async def asyncgen_awaits_a_task_of_its_own(t):
    async def body():
        task = asyncio.create_task(t.worker("helper", 1))
        yield 1
        yield await task

    await _drain(t, "item", body())


async def asyncgen_starts_an_eager_task(t):
    async def body():
        task = t.loop.create_eager_task(t.worker("helper", 1), name="helper")
        t.log(f"body in {asyncio.current_task().get_name()}")
        yield await task

    await _drain(t, "item", body())


async def asyncgen_advanced_by_an_eager_task(t):
    generator = _count(t, "a", [1, 2], 1)
    first = t.loop.create_eager_task(_next(generator))
    t.outcome("first", first)
    t.log(f"result {await first}")
    t.log(f"result {await _next(generator)}")


async def _next(generator):
    return await generator.__anext__()


async def asend_arrives_at_the_yield(t):
    generator = _echo(t)
    await t.attempt("first", generator.__anext__())
    await t.attempt("second", generator.asend("a"))
    await t.attempt("third", generator.asend("b"))


async def asend_of_something_first_is_refused(t):
    generator = _echo(t)
    await t.attempt("first", generator.asend("a"))
    t.log(_state(generator))
    await t.attempt("second", generator.__anext__())
    await t.attempt("third", generator.asend("b"))


async def asend_of_nothing_starts(t):
    generator = _echo(t)
    await t.attempt("first", generator.asend(None))
    await t.attempt("second", generator.asend("a"))


async def asend_mixed_with_anext(t):
    generator = _echo(t)
    await generator.__anext__()
    await t.attempt("sent", generator.asend("a"))
    await t.attempt("advanced", generator.__anext__())
    await t.attempt("sent", generator.asend("b"))


async def asend_ends_the_body(t):
    async def body():
        t.log(f"got {(yield 1)}")

    generator = body()
    await generator.__anext__()
    await t.attempt("sent", generator.asend("a"))
    await t.attempt("sent again", generator.asend("b"))


async def asend_running_average(t):
    async def average():
        total, count, value = 0, 0, None
        while True:
            number = yield value
            await asyncio.sleep(number)
            total += number
            count += 1
            value = total / count

    generator = average()
    await generator.__anext__()
    for number in [1, 3, 5]:
        await t.attempt(f"{number}", generator.asend(number))


async def athrow_is_seen_at_the_yield(t):
    async def body():
        value = 1
        while True:
            try:
                yield value
            except Failed as failure:
                t.log(f"body: {t.shown(failure)}")
                value += 1

    generator = body()
    await t.attempt("first", generator.__anext__())
    await t.attempt("thrown", generator.athrow(Failed("a")))
    await t.attempt("thrown", generator.athrow(Failed("b")))
    await t.attempt("next", generator.__anext__())


async def athrow_passes_through(t):
    generator = _count(t, "a", [1, 2])
    await t.attempt("first", generator.__anext__())
    await t.attempt("thrown", generator.athrow(Failed("in")))
    await t.attempt("next", generator.__anext__())


async def athrow_before_the_beginning(t):
    generator = _count(t, "a", [1])
    await t.attempt("thrown", generator.athrow(Failed("in")))
    t.log(_state(generator))
    await t.attempt("next", generator.__anext__())


async def athrow_ends_the_body(t):
    async def body():
        try:
            yield 1
        except Failed:
            await asyncio.sleep(1)

    generator = body()
    await generator.__anext__()
    await t.attempt("thrown", generator.athrow(Failed("in")))
    await t.attempt("next", generator.__anext__())


async def athrow_is_replaced(t):
    async def body():
        try:
            yield 1
        except Failed:
            raise Failed("out")

    generator = body()
    await generator.__anext__()
    await t.attempt("thrown", generator.athrow(Failed("in")))


async def athrow_of_an_exit_may_be_survived(t):
    async def body():
        try:
            yield 1
        except GeneratorExit:
            yield 2

    generator = body()
    await generator.__anext__()
    await t.attempt("thrown", generator.athrow(GeneratorExit()))
    await t.attempt("next", generator.__anext__())


async def athrow_of_an_exit_passes_through(t):
    generator = _count(t, "a", [1, 2])
    await generator.__anext__()
    await t.attempt("thrown", generator.athrow(GeneratorExit()))
    t.log(_state(generator))


async def athrow_of_an_end_becomes_a_refusal(t):
    async def body():
        yield 1

    generator = body()
    await generator.__anext__()
    await t.attempt("thrown", generator.athrow(StopAsyncIteration()))


async def athrow_of_a_cancellation(t):
    generator = _count(t, "a", [1, 2])
    await generator.__anext__()
    await t.attempt("thrown", generator.athrow(asyncio.CancelledError("in")))
    t.log(f"cancelling {asyncio.current_task().cancelling()}")


async def athrow_into_a_body_that_awaits_first(t):
    async def body():
        try:
            yield 1
        except Failed:
            await asyncio.sleep(2)
            yield 2

    generator = body()
    await generator.__anext__()
    t.log(f"value {await generator.athrow(Failed('in'))}")
    await t.attempt("next", generator.__anext__())
