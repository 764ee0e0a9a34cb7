"""The scope with a deadline: one scope, one task."""

import asyncio

from tracing import describe


async def _scope(t, label, timeout, body):
    """Runs a body in a timeout scope and logs how it ended and whether the timeout expired."""
    try:
        async with timeout as scope:
            await body
    except BaseException as exception:
        t.log(f"{label}: {describe(exception)}, expired {t.shown(timeout.expired())}")
    else:
        t.log(f"{label}: none, expired {t.shown(scope.expired())}")


async def timeout_not_reached(t):
    await _scope(t, "scope", asyncio.timeout(2), t.worker("a", 1))
    await asyncio.sleep(5)


async def timeout_expires(t):
    await _scope(t, "scope", asyncio.timeout(1), t.worker("a", 2))
    t.log(f"cancelling {asyncio.current_task().cancelling()}")
    await asyncio.sleep(1)


async def timeout_body_fails(t):
    await _scope(t, "scope", asyncio.timeout(2), t.failing("a", 1))


async def timeout_returns_value(t):
    async with asyncio.timeout(2):
        value = await t.worker("a", 1)
    t.log(f"value {value}")


async def timeout_cause_is_the_cancellation(t):
    try:
        async with asyncio.timeout(1):
            await asyncio.sleep(2)
    except asyncio.TimeoutError as timeout:
        t.log(f"cause {describe(timeout.__cause__)}")


async def timeout_at_moment(t):
    await asyncio.sleep(1)
    await _scope(t, "future", asyncio.timeout_at(3), t.worker("a", 5))
    await _scope(t, "past", asyncio.timeout_at(2), t.worker("b", 5))


async def timeout_never(t):
    await _scope(t, "scope", asyncio.timeout(None), t.worker("a", 1000))


async def timeout_zero_runs_until_first_suspension(t):
    async def body():
        t.log("body starts")
        await asyncio.sleep(0)
        t.log("body goes on")

    t.ticks(3)
    await _scope(t, "zero", asyncio.timeout(0), body())
    await _scope(t, "negative", asyncio.timeout(-1), body())


async def timeout_zero_without_suspension(t):
    async def body():
        t.log("body")

    await _scope(t, "scope", asyncio.timeout(0), body())
    await asyncio.sleep(1)


async def timeout_zero_and_sleep(t):
    await _scope(t, "scope", asyncio.timeout(0), t.worker("a", 1))


async def timeout_and_sleep_of_the_same_length(t):
    """The timer of the scope was scheduled first."""
    await _scope(t, "scope", asyncio.timeout(1), t.worker("a", 1))


async def timeout_rescheduled_later(t):
    async def body():
        await asyncio.sleep(1)
        scope.reschedule(5)
        t.log(f"when {t.shown(scope.when())}")
        await t.worker("a", 9)

    scope = asyncio.timeout(2)
    t.log(f"when {t.shown(scope.when())}")
    await _scope(t, "scope", scope, body())


async def timeout_rescheduled_sooner(t):
    async def body():
        await asyncio.sleep(1)
        scope.reschedule(t.loop.time() + 0.5)
        await t.worker("a", 9)

    scope = asyncio.timeout(20)
    await _scope(t, "scope", scope, body())


async def timeout_rescheduled_to_the_past(t):
    async def body():
        await asyncio.sleep(1)
        scope.reschedule(0.5)
        t.log("goes on")
        await t.worker("a", 9)

    scope = asyncio.timeout(20)
    await _scope(t, "scope", scope, body())


async def timeout_disarmed(t):
    async def body():
        await asyncio.sleep(1)
        scope.reschedule(None)
        await t.worker("a", 9)

    scope = asyncio.timeout(2)
    await _scope(t, "scope", scope, body())


async def timeout_never_then_rescheduled(t):
    async def body():
        await asyncio.sleep(1)
        scope.reschedule(2)
        await t.worker("a", 9)

    scope = asyncio.timeout(None)
    await _scope(t, "scope", scope, body())


async def timeout_rescheduled_outside_is_refused(t):
    scope = asyncio.timeout(2)
    t.call("before", lambda: scope.reschedule(5))
    await _scope(t, "scope", scope, t.worker("a", 1))
    t.call("after", lambda: scope.reschedule(5))
    expired = asyncio.timeout(1)
    await _scope(t, "expired", expired, t.worker("b", 2))
    t.call("after expiry", lambda: expired.reschedule(5))


async def timeout_entered_twice_is_refused(t):
    scope = asyncio.timeout(2)
    await _scope(t, "first", scope, t.worker("a", 1))
    try:
        async with scope:
            t.log("not reached")
    except RuntimeError:
        t.log("second: refused")


async def timeout_suppressed_by_body(t):
    """The body caught the cancellation: no TimeoutError, but expired."""
    await _scope(t, "scope", asyncio.timeout(1), t.stubborn("a", 5, 1))
    t.log(f"cancelling {asyncio.current_task().cancelling()}")
    await asyncio.sleep(1)


async def timeout_body_fails_in_cleanup(t):
    await _scope(t, "scope", asyncio.timeout(1), t.clumsy("a", 5, 1))
    t.log(f"cancelling {asyncio.current_task().cancelling()}")


async def timeout_body_waits_in_cleanup(t):
    await _scope(t, "scope", asyncio.timeout(1), t.tidy("a", 5, 3))


async def timeout_around_busy_loop(t):
    """Expiry is noticed at the first suspension after it."""

    async def body():
        for number in range(10):
            t.log(f"round {number}")
            await asyncio.sleep(0.75)

    await _scope(t, "scope", asyncio.timeout(2), body())


async def timeout_after_timeout(t):
    for number in range(3):
        await _scope(t, f"scope {number}", asyncio.timeout(1), asyncio.sleep(number * 0.75))


async def timeout_expires_before_first_suspension(t):
    """The deadline passes while the body computes; the body learns of it when it suspends."""

    async def body():
        t.loop.advance(5)
        t.log("computed")
        await asyncio.sleep(0)
        t.log("one iteration later")
        await asyncio.sleep(1)

    await _scope(t, "scope", asyncio.timeout(1), body())
