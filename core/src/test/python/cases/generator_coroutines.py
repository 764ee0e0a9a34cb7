"""Generators that run as coroutines."""

import asyncio
import types

from tracing import Failed


async def generator_coroutine_awaits_what_it_yields(t):
    @types.coroutine
    def body():
        t.log("begins")
        got = yield from asyncio.create_task(t.worker("a", 1))
        t.log(f"got {t.shown(got)}")
        got = yield from asyncio.create_task(t.worker("b", 2))
        return f"{got} at the end"

    await t.attempt("await", body())


async def generator_coroutine_future_that_is_done_does_not_yield(t):
    @types.coroutine
    def body():
        future = t.loop.create_future()
        future.set_result("value")
        return (yield from future)

    t.ticks(2)
    await t.attempt("await", body())


async def generator_coroutine_failure_is_thrown_in(t):
    @types.coroutine
    def body():
        try:
            yield from asyncio.create_task(t.failing("a", 1))
        except Failed as failure:
            t.log(f"caught {t.shown(failure)}")
        return "goes on"

    await t.attempt("await", body())


async def generator_coroutine_failure_comes_out(t):
    @types.coroutine
    def body():
        yield from asyncio.create_task(t.failing("a", 1))

    await t.attempt("await", body())


async def generator_coroutine_as_a_task(t):
    @types.coroutine
    def body(name):
        for delay in (1, 1):
            got = yield from asyncio.create_task(t.worker(name, delay))
        return got

    async def run(name):
        return await body(name)

    t.log(t.shown(await asyncio.gather(run("a"), run("b"))))


async def generator_coroutine_is_cancelled(t):
    @types.coroutine
    def body():
        try:
            yield from t.loop.create_future()
        except asyncio.CancelledError as cancellation:
            t.log(f"inside {t.shown(cancellation)}")
            raise
        finally:
            t.log("finally")

    async def run():
        await body()

    task = asyncio.create_task(run())
    await asyncio.sleep(1)
    task.cancel("why")
    await t.attempt("task", task)


async def generator_coroutine_suppresses_a_cancellation(t):
    @types.coroutine
    def body():
        try:
            yield from t.loop.create_future()
        except asyncio.CancelledError:
            t.log("suppressed")
        return (yield from asyncio.create_task(t.worker("a", 1)))

    async def run():
        return await body()

    task = asyncio.create_task(run())
    await asyncio.sleep(1)
    task.cancel()
    await t.attempt("task", task)


async def generator_coroutine_yields_none(t):
    @types.coroutine
    def body():
        for number in range(3):
            got = yield
            t.log(f"{number} got {t.shown(got)}")
        return "end"

    t.ticks(4)
    await t.attempt("await", body())


async def generator_coroutine_yields_what_cannot_be_awaited(t):
    @types.coroutine
    def body():
        try:
            yield "text"
        except RuntimeError as refusal:
            t.log(t.shown(refusal))
        yield 5

    t.ticks(4)
    await t.attempt("await", body())


async def generator_coroutine_delegates(t):
    @types.coroutine
    def inner(name):
        got = yield from asyncio.create_task(t.worker(name, 1))
        return f"inner {got}"

    @types.coroutine
    def body():
        first = yield from inner("a")
        second = yield from inner("b")
        return f"{first}, {second}"

    await t.attempt("await", body())


async def generator_coroutine_without_a_yield(t):
    @types.coroutine
    def body():
        return "at once"
        yield

    t.ticks(1)
    await t.attempt("await", body())


async def generator_coroutine_closed_before_it_is_awaited(t):
    @types.coroutine
    def body():
        t.log("never")
        yield

    coroutine = body()
    t.steps("coroutine", coroutine, "state")
    t.call("coroutine close", coroutine.close)
    t.steps("coroutine", coroutine, "state")
