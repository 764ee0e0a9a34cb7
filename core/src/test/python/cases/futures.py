"""Futures, their callbacks and their waiters."""

import asyncio

from tracing import Failed


async def _wait(t, name, future):
    t.log(f"{name} waits")
    await t.attempt(name, future)


async def done_callbacks_in_order(t):
    future = t.loop.create_future()
    for number in range(3):
        future.add_done_callback(t.on_done(f"callback {number}"))
    t.loop.call_soon(t.logger("soon before"))
    future.set_result("value")
    t.log("set")
    t.loop.call_soon(t.logger("soon after"))
    await asyncio.sleep(0)
    t.log("main")


async def done_callback_of_done_future(t):
    """It is scheduled, not called."""
    future = t.loop.create_future()
    future.set_result("value")
    t.loop.call_soon(t.logger("soon"))
    future.add_done_callback(t.on_done("callback"))
    t.log("added")
    await asyncio.sleep(0)


async def done_callback_added_by_callback(t):
    future = t.loop.create_future()

    def first(_):
        t.log("first")
        future.add_done_callback(t.on_done("added"))

    future.add_done_callback(first)
    future.add_done_callback(t.on_done("second"))
    future.set_result("value")
    t.ticks(3)
    await asyncio.sleep(1)


async def done_callbacks_removed(t):
    future = t.loop.create_future()
    twice = t.on_done("twice")
    other = t.on_done("other")
    future.add_done_callback(twice)
    future.add_done_callback(other)
    future.add_done_callback(twice)
    t.log(f"removed {future.remove_done_callback(twice)}")
    t.log(f"removed {future.remove_done_callback(twice)}")
    future.set_result("value")
    t.log(f"removed {future.remove_done_callback(other)}")
    await asyncio.sleep(0)


async def done_callback_twice_runs_twice(t):
    future = t.loop.create_future()
    callback = t.on_done("callback")
    future.add_done_callback(callback)
    future.add_done_callback(callback)
    future.set_result("value")
    await asyncio.sleep(0)


async def done_callback_raises(t):
    def fail(_):
        raise Failed("boom")

    future = t.loop.create_future()
    future.add_done_callback(t.on_done("before"))
    future.add_done_callback(fail)
    future.add_done_callback(t.on_done("after"))
    future.set_result("value")
    t.log(f"result {await future}")
    await asyncio.sleep(0)


async def done_callback_completes_next_future(t):
    first, second, third = (t.loop.create_future() for _ in range(3))
    first.add_done_callback(lambda future: second.set_result(future.result() + 1))
    second.add_done_callback(lambda future: third.set_result(future.result() + 1))
    t.ticks(4)
    first.set_result(1)
    t.log(f"third {await third}")


async def invalid_state(t):
    future = t.loop.create_future()
    t.call("result of pending", future.result)
    t.call("exception of pending", future.exception)
    future.set_result("value")
    t.call("result", future.result)
    t.call("exception", lambda: t.shown(future.exception()))
    t.call("set_result again", lambda: future.set_result("other"))
    t.call("set_exception again", lambda: future.set_exception(Failed("boom")))
    t.call("cancel", future.cancel)
    t.call("result still", future.result)


async def invalid_state_after_failure(t):
    future = t.loop.create_future()
    future.set_exception(Failed("boom"))
    t.call("result", future.result)
    t.call("exception", future.exception)
    t.call("set_result", lambda: future.set_result("other"))
    t.call("cancel", future.cancel)
    t.call("cancelled", future.cancelled)


async def future_cancelled(t):
    future = t.loop.create_future()
    future.add_done_callback(t.on_done("callback"))
    t.call("cancel", lambda: future.cancel("why"))
    t.call("cancel again", lambda: future.cancel("other"))
    t.call("done", future.done)
    t.call("cancelled", future.cancelled)
    t.call("result", future.result)
    t.call("exception", future.exception)
    t.call("set_result", lambda: future.set_result("value"))
    t.call("set_exception", lambda: future.set_exception(Failed("boom")))
    await t.attempt("await", future)


async def future_cancelled_without_message(t):
    future = t.loop.create_future()
    future.cancel()
    t.outcome("future", future)
    await t.attempt("await", future)


async def same_exception_for_every_waiter(t):
    future = t.loop.create_future()
    failure = Failed("boom")

    async def wait(name):
        try:
            await future
        except Failed as caught:
            t.log(f"{name} {t.shown(caught is failure)}")

    tasks = [asyncio.create_task(wait(f"waiter {number}")) for number in range(3)]
    await asyncio.sleep(0)
    future.set_exception(failure)
    await asyncio.wait(tasks)
    t.log(f"exception {t.shown(future.exception() is failure)}")


async def await_done_future_no_yield(t):
    future = t.loop.create_future()
    future.set_result("value")
    t.ticks(2)
    t.log(f"result {await future}")
    t.log(f"result {await future}")
    await asyncio.sleep(0)
    t.log("main")


async def await_failed_future_no_yield(t):
    future = t.loop.create_future()
    future.set_exception(Failed("boom"))
    t.ticks(2)
    await t.attempt("first", future)
    await t.attempt("second", future)
    await asyncio.sleep(0)
    t.log("main")


async def await_cancelled_future_no_yield(t):
    future = t.loop.create_future()
    future.cancel("why")
    t.ticks(2)
    await t.attempt("await", future)
    t.log(f"cancelling {asyncio.current_task().cancelling()}")


async def wakeup_latency(t):
    """A waiter runs in the iteration after the one that completed its future."""
    future = t.loop.create_future()
    waiter = asyncio.create_task(_wait(t, "waiter", future))
    await asyncio.sleep(0)
    t.ticks(3)
    future.set_result("value")
    t.log("set")
    await asyncio.sleep(0)
    t.log("main after one iteration")
    await waiter


async def waiters_wake_in_order_of_await(t):
    future = t.loop.create_future()
    tasks = [asyncio.create_task(_wait(t, f"waiter {number}", future)) for number in range(4)]
    await asyncio.sleep(0)
    future.set_result("value")
    await asyncio.wait(tasks)


async def waiters_and_callbacks_share_one_order(t):
    future = t.loop.create_future()
    future.add_done_callback(t.on_done("callback 1"))
    first = asyncio.create_task(_wait(t, "waiter 1", future))
    await asyncio.sleep(0)
    future.add_done_callback(t.on_done("callback 2"))
    second = asyncio.create_task(_wait(t, "waiter 2", future))
    await asyncio.sleep(0)
    future.add_done_callback(t.on_done("callback 3"))
    future.set_result("value")
    await asyncio.wait([first, second])


async def cancelled_waiter_cancels_the_future(t):
    """And with it the other waiter, which nobody asked to stop."""
    future = t.loop.create_future()
    first = asyncio.create_task(_wait(t, "first", future))
    second = asyncio.create_task(_wait(t, "second", future))
    await asyncio.sleep(0)
    first.cancel("why")
    t.outcome("future", future)
    await asyncio.wait([first, second])
    t.log(f"cancelling {first.cancelling()} {second.cancelling()}")


async def set_result_with_cancelled_waiter(t):
    future = t.loop.create_future()
    waiter = asyncio.create_task(_wait(t, "waiter", future))
    await asyncio.sleep(0)
    waiter.cancel()
    t.call("set_result", lambda: future.set_result("value"))
    await asyncio.wait([waiter])


async def futures_completed_by_timers(t):
    futures = [t.loop.create_future() for _ in range(3)]
    for delay, future in zip((3, 1, 2), futures):
        t.loop.call_later(delay, future.set_result, delay)
    for future in futures:
        t.log(f"result {await future}")


async def ping_pong(t):
    """Two tasks hand a value back and forth."""
    loop = t.loop
    state = {"ping": loop.create_future(), "pong": loop.create_future()}

    async def player(own, other, rounds):
        for _ in range(rounds):
            value = await state[own]
            state[own] = loop.create_future()
            t.log(f"{own} {value}")
            state[other].set_result(value + 1)

    tasks = [asyncio.create_task(player("ping", "pong", 3)), asyncio.create_task(player("pong", "ping", 3))]
    state["ping"].set_result(0)
    t.ticks(7)
    await asyncio.wait(tasks)
    t.outcome("left over", state["ping"])
