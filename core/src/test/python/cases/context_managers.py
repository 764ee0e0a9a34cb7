"""Asynchronous context managers, those made of generators, and exit stacks."""

import asyncio
import contextlib

from tracing import Failed


class _Manager:
    def __init__(self, t, name, swallows=False, fails=None):
        self.t, self.name, self.swallows, self.fails = t, name, swallows, fails

    async def __aenter__(self):
        await asyncio.sleep(1)
        self.t.log(f"enter {self.name}")
        if self.fails == "enter":
            raise Failed(f"enter {self.name}")
        return self.name

    async def __aexit__(self, kind, exception, traceback):
        await asyncio.sleep(1)
        self.t.log(f"exit {self.name}: {self.t.shown(exception)}")
        if self.fails == "exit":
            raise Failed(f"exit {self.name}")
        return self.swallows


async def _using(t, manager, failure=None):
    async with manager as value:
        t.log(f"body {t.shown(value)}")
        if failure:
            raise failure
    t.log("after")
    return "value"


def _managed(body):
    return contextlib.asynccontextmanager(body)()


async def with_enters_and_exits(t):
    await t.attempt("with", _using(t, _Manager(t, "a")))


async def with_body_fails(t):
    await t.attempt("with", _using(t, _Manager(t, "a"), Failed("body")))


async def with_exit_swallows(t):
    await t.attempt("with", _using(t, _Manager(t, "a", swallows=True), Failed("body")))


async def with_enter_fails(t):
    await t.attempt("with", _using(t, _Manager(t, "a", fails="enter")))


async def with_exit_fails(t):
    await t.attempt("with", _using(t, _Manager(t, "a", fails="exit")))


async def with_body_and_exit_fail(t):
    await t.attempt("with", _using(t, _Manager(t, "a", fails="exit"), Failed("body")))


async def with_cancelled_in_the_body(t):
    async def body():
        async with _Manager(t, "a"):
            await asyncio.sleep(9)

    task = asyncio.create_task(body())
    await asyncio.sleep(2)
    task.cancel("why")
    await t.attempt("task", task)


async def with_cancelled_on_the_way_out(t):
    async def body():
        async with _Manager(t, "a"):
            t.log("body")

    task = asyncio.create_task(body())
    await asyncio.sleep(1.5)
    task.cancel("why")
    await t.attempt("task", task)


async def with_cancellation_swallowed(t):
    async def body():
        async with _Manager(t, "a", swallows=True):
            await asyncio.sleep(9)
        t.log("goes on")
        await asyncio.sleep(1)
        return "value"

    task = asyncio.create_task(body())
    await asyncio.sleep(2)
    task.cancel("why")
    await t.attempt("task", task)


async def with_within_with(t):
    async def body():
        async with _Manager(t, "outer", swallows=True):
            async with _Manager(t, "inner", fails="exit"):
                raise Failed("body")
        return "value"

    await t.attempt("with", body())


async def managed_gives_what_is_yielded(t):
    async def body():
        t.log("way in")
        await asyncio.sleep(1)
        yield "resource"
        await asyncio.sleep(1)
        t.log("way out")

    await t.attempt("with", _using(t, _managed(body)))


async def managed_sees_the_failure(t):
    async def body():
        try:
            yield "resource"
        except Failed as failure:
            t.log(f"seen {t.shown(failure)}")
            raise
        finally:
            await asyncio.sleep(1)

    await t.attempt("with", _using(t, _managed(body), Failed("body")))


async def managed_swallows_the_failure(t):
    async def body():
        with contextlib.suppress(Failed):
            yield "resource"

    await t.attempt("with", _using(t, _managed(body), Failed("body")))


async def managed_replaces_the_failure(t):
    async def body():
        try:
            yield "resource"
        except Failed:
            raise Failed("other")

    await t.attempt("with", _using(t, _managed(body), Failed("body")))


async def managed_way_in_fails(t):
    async def body():
        raise Failed("way in")
        yield

    await t.attempt("with", _using(t, _managed(body)))


async def managed_way_out_fails(t):
    async def body():
        yield "resource"
        raise Failed("way out")

    await t.attempt("with", _using(t, _managed(body)))


async def managed_never_yields(t):
    async def body():
        if False:
            yield

    await t.attempt("with", _using(t, _managed(body)))


async def managed_yields_twice(t):
    async def body():
        try:
            yield 1
            yield 2
        finally:
            await asyncio.sleep(1)
            t.log("closed")

    await t.attempt("with", _using(t, _managed(body)))


async def managed_yields_again_after_a_failure(t):
    async def body():
        try:
            try:
                yield 1
            except Failed:
                yield 2
        finally:
            t.log("closed")

    await t.attempt("with", _using(t, _managed(body), Failed("body")))


async def managed_lets_the_end_of_an_iteration_pass(t):
    async def body():
        yield 1

    await t.attempt("with", _using(t, _managed(body), StopAsyncIteration()))


async def managed_lets_a_refusal_pass(t):
    async def body():
        yield 1

    await t.attempt("with", _using(t, _managed(body), RuntimeError()))


async def managed_cancelled(t):
    async def body():
        try:
            yield 1
        except asyncio.CancelledError as cancellation:
            t.log(f"seen {t.shown(cancellation)}")
            raise

    async def main():
        async with _managed(body):
            await asyncio.sleep(9)

    task = asyncio.create_task(main())
    await asyncio.sleep(1)
    task.cancel("why")
    await t.attempt("task", task)


async def stack_closes_in_reverse(t):
    async def body():
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(_Manager(t, "a"))
            stack.push_async_callback(t.worker, "callback", 1)
            await stack.enter_async_context(_Manager(t, "b"))
            t.log("body")
            return "value"

    await t.attempt("stack", body())


async def stack_swallows_in_the_middle(t):
    async def body():
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(_Manager(t, "outer"))
            await stack.enter_async_context(_Manager(t, "swallower", swallows=True))
            await stack.enter_async_context(_Manager(t, "inner"))
            raise Failed("body")

    await t.attempt("stack", body())


async def stack_replaces_the_failure(t):
    async def body():
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(_Manager(t, "outer"))
            await stack.enter_async_context(_Manager(t, "failing", fails="exit"))
            await stack.enter_async_context(_Manager(t, "inner"))
            raise Failed("body")

    await t.attempt("stack", body())


async def stack_enter_fails(t):
    async def body():
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(_Manager(t, "a"))
            await stack.enter_async_context(_Manager(t, "b", fails="enter"))
            t.log("never")

    await t.attempt("stack", body())


async def stack_fails_on_the_way_out_and_swallows(t):
    async def body():
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(_Manager(t, "swallower", swallows=True))
            await stack.enter_async_context(_Manager(t, "failing", fails="exit"))
            t.log("body")

    await t.attempt("stack", body())


async def stack_cancelled(t):
    async def body():
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(_Manager(t, "a"))
            await stack.enter_async_context(_Manager(t, "b"))
            await asyncio.sleep(9)

    task = asyncio.create_task(body())
    await asyncio.sleep(3)
    task.cancel("why")
    await t.attempt("task", task)


async def stack_cancelled_on_the_way_out(t):
    async def body():
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(_Manager(t, "a"))
            await stack.enter_async_context(_Manager(t, "b"))

    task = asyncio.create_task(body())
    await asyncio.sleep(2.5)
    task.cancel("why")
    await t.attempt("task", task)


async def stack_with_a_generator(t):
    async def body():
        try:
            yield 1
        finally:
            await asyncio.sleep(1)
            t.log("generator closed")

    async with contextlib.AsyncExitStack() as stack:
        generator = await stack.enter_async_context(contextlib.aclosing(body()))
        await t.attempt("item", generator.__anext__())
