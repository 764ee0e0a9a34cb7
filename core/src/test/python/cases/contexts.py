"""Context variables."""

import asyncio
import contextvars

_variable = contextvars.ContextVar("variable", default="default")


async def context_task_gets_a_copy(t):
    async def child():
        t.log(f"child sees {_variable.get()}")
        _variable.set("child")
        await asyncio.sleep(1)
        t.log(f"child keeps {_variable.get()}")

    _variable.set("main")
    task = asyncio.create_task(child())
    _variable.set("main after creation")
    await task
    t.log(f"main keeps {_variable.get()}")


async def context_coroutine_shares(t):
    async def inline():
        t.log(f"inline sees {_variable.get()}")
        _variable.set("inline")
        await asyncio.sleep(1)

    _variable.set("main")
    await inline()
    t.log(f"main sees {_variable.get()}")


async def context_of_callbacks(t):
    def show(name):
        t.log(f"{name} sees {_variable.get()}")
        _variable.set(name)

    _variable.set("first")
    t.loop.call_soon(show, "soon 1")
    t.loop.call_later(1, show, "later 1")
    _variable.set("second")
    t.loop.call_soon(show, "soon 2")
    t.loop.call_later(1, show, "later 2")
    _variable.set("third")
    await asyncio.sleep(2)
    t.log(f"main keeps {_variable.get()}")


async def context_of_done_callbacks(t):
    """That of their registration, not that of who completes the future."""

    def show(_):
        t.log(f"callback sees {_variable.get()}")

    future = t.loop.create_future()
    _variable.set("first")
    future.add_done_callback(show)
    _variable.set("second")
    future.add_done_callback(show)
    _variable.set("third")
    future.set_result(None)
    await future
    future.add_done_callback(show)
    await asyncio.sleep(0)


async def context_of_task_started_in_callback(t):
    async def child():
        t.log(f"child sees {_variable.get()}")

    def start():
        _variable.set("callback")
        tasks.append(asyncio.create_task(child()))

    tasks = []
    _variable.set("main")
    t.loop.call_soon(start)
    await asyncio.sleep(1)
    t.log(f"main keeps {_variable.get()}")


async def context_survives_suspension(t):
    async def child(name):
        _variable.set(name)
        for _ in range(2):
            await asyncio.sleep(1)
            t.log(f"{name} keeps {_variable.get()}")

    await asyncio.gather(child("a"), child("b"))
    t.log(f"main keeps {_variable.get()}")


async def context_explicit(t):
    """Two tasks may share one context."""

    async def child(name):
        t.log(f"{name} sees {_variable.get()}")
        _variable.set(name)

    context = contextvars.copy_context()
    await asyncio.create_task(child("first"), context=context)
    await asyncio.create_task(child("second"), context=context)
    t.log(f"context holds {context.run(_variable.get)}")
    t.log(f"main keeps {_variable.get()}")


async def context_run(t):
    context = contextvars.copy_context()

    def body():
        _variable.set("inside")
        return _variable.get()

    t.log(f"result {context.run(body)}")
    t.log(f"main keeps {_variable.get()}")
    t.log(f"context keeps {context.run(_variable.get)}")


async def context_reset(t):
    first = _variable.set("first")
    second = _variable.set("second")
    t.log(_variable.get())
    _variable.reset(second)
    t.log(_variable.get())
    _variable.reset(first)
    t.log(_variable.get())
    t.call("reset twice", lambda: _variable.reset(first))


async def context_reset_of_a_token_from_another_context_is_refused(t):
    async def child():
        t.call("reset", lambda: _variable.reset(token))

    token = _variable.set("main")
    await asyncio.create_task(child())
    t.log(f"main keeps {_variable.get()}")


async def context_variable_without_value(t):
    empty = contextvars.ContextVar("empty")
    t.call("get", empty.get)
    t.log(f"fallback {empty.get('fallback')}")
    empty.set("value")
    t.call("get", empty.get)
    t.log(f"fallback {empty.get('fallback')}")


async def context_in_scopes(t):
    """Scopes run in the task's own context."""
    async with asyncio.timeout(1):
        _variable.set("timeout")
    t.log(_variable.get())
    async with asyncio.TaskGroup() as group:
        _variable.set("group")
        group.create_task(_show(t, "child"))
    t.log(_variable.get())
    await asyncio.wait_for(_set("wait_for"), 1)
    t.log(_variable.get())
    await asyncio.gather(_set("gather"), _set("gather"))
    t.log(_variable.get())
    await asyncio.shield(_set("shield"))
    t.log(_variable.get())


async def _show(t, name):
    t.log(f"{name} sees {_variable.get()}")


async def _set(value):
    _variable.set(value)
