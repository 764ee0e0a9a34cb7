"""Task groups: children that succeed, children that fail, bodies that fail."""

import asyncio

from tracing import Failed, describe


async def _group(t, label, body):
    """Runs a body with a task group and logs how the group ended."""
    try:
        async with asyncio.TaskGroup() as group:
            await body(group)
    except BaseException as exception:
        t.log(f"{label}: {describe(exception)}")
    else:
        t.log(f"{label}: none")


async def group_waits_for_children(t):
    async def body(group):
        group.create_task(t.worker("a", 2))
        group.create_task(t.worker("b", 1))
        t.log("body ends")

    await _group(t, "group", body)


async def group_children_keep_results(t):
    async with asyncio.TaskGroup() as group:
        first = group.create_task(t.worker("a", 2))
        second = group.create_task(t.worker("b", 1))
    t.log(f"results {first.result()} {second.result()}")


async def group_empty_does_not_yield(t):
    async def body(group):
        t.log("body")

    t.ticks(2)
    await _group(t, "first", body)
    await _group(t, "second", body)
    await asyncio.sleep(0)


async def group_exit_latency(t):
    async def body(group):
        group.create_task(t.worker("a", 0))
        group.create_task(t.worker("b", 0))

    t.ticks(6)
    await _group(t, "group", body)


async def group_child_fails(t):
    """Siblings and the body are cancelled, all are awaited, the count is back to zero."""

    async def body(group):
        group.create_task(t.failing("a", 1))
        group.create_task(t.tidy("b", 5, 1))
        await t.worker("body", 9)

    await _group(t, "group", body)
    t.log(f"cancelling {asyncio.current_task().cancelling()}")
    await asyncio.sleep(1)


async def group_child_fails_while_exiting(t):
    async def body(group):
        group.create_task(t.failing("a", 1))
        group.create_task(t.worker("b", 5))

    await _group(t, "group", body)
    t.log(f"cancelling {asyncio.current_task().cancelling()}")
    await asyncio.sleep(1)


async def group_child_failure_latency(t):
    async def fail():
        raise Failed("child")

    async def body(group):
        group.create_task(fail())
        await asyncio.sleep(9)

    t.ticks(6)
    await _group(t, "group", body)


async def group_several_fail_at_once(t):
    async def body(group):
        for name in "abc":
            group.create_task(t.failing(name, 1))
        group.create_task(t.worker("d", 1))

    await _group(t, "group", body)


async def group_siblings_fail_in_cleanup(t):
    async def body(group):
        group.create_task(t.failing("a", 1))
        group.create_task(t.clumsy("b", 5, 2))
        group.create_task(t.clumsy("c", 5, 1))

    await _group(t, "group", body)


async def group_sibling_suppresses_cancellation(t):
    async def body(group):
        group.create_task(t.failing("a", 1))
        tasks.append(group.create_task(t.stubborn("b", 5, 2)))

    tasks = []
    await _group(t, "group", body)
    t.outcome("b", tasks[0])


async def group_body_fails(t):
    async def body(group):
        group.create_task(t.worker("a", 5))
        await asyncio.sleep(1)
        raise Failed("body")

    await _group(t, "group", body)


async def group_body_fails_at_once(t):
    """The children never start."""

    async def body(group):
        group.create_task(t.worker("a", 5))
        raise Failed("body")

    await _group(t, "group", body)


async def group_body_fails_without_children(t):
    async def body(group):
        raise Failed("body")

    await _group(t, "group", body)


async def group_body_and_children_fail(t):
    """The failure of the body comes last."""

    async def body(group):
        group.create_task(t.clumsy("a", 5, 1))
        group.create_task(t.clumsy("b", 5, 0.5))
        await asyncio.sleep(1)
        raise Failed("body")

    await _group(t, "group", body)


async def group_body_fails_when_cancelled_for_a_child(t):
    async def body(group):
        group.create_task(t.failing("a", 1))
        await t.clumsy("body", 5, 1)

    await _group(t, "group", body)
    t.log(f"cancelling {asyncio.current_task().cancelling()}")


async def group_body_suppresses_cancellation_for_a_child(t):
    async def body(group):
        group.create_task(t.failing("a", 1))
        await t.attempt("body", asyncio.sleep(5))
        await asyncio.sleep(1)
        t.log("body goes on")

    await _group(t, "group", body)
    t.log(f"cancelling {asyncio.current_task().cancelling()}")


async def group_body_ends_before_cancellation_for_a_child_arrives(t):
    async def body(group):
        group.create_task(t.failing("a", 1))
        await t.worker("body", 1)

    await _group(t, "group", body)
    t.log(f"cancelling {asyncio.current_task().cancelling()}")
    await t.attempt("sleep", asyncio.sleep(1))


async def group_child_cancelled_is_no_failure(t):
    async def body(group):
        first = group.create_task(t.worker("a", 5))
        group.create_task(t.worker("b", 2))
        await asyncio.sleep(1)
        first.cancel("child only")

    await _group(t, "group", body)


async def group_child_raises_cancelled_itself(t):
    async def own():
        raise asyncio.CancelledError("own")

    async def body(group):
        group.create_task(own())
        group.create_task(t.worker("b", 1))

    await _group(t, "group", body)


async def group_body_awaits_failing_child(t):
    async def body(group):
        child = group.create_task(t.failing("a", 1))
        await t.attempt("await in body", child)
        t.log("body goes on")
        await t.attempt("sleep in body", asyncio.sleep(1))

    await _group(t, "group", body)


async def group_body_awaits_cancelled_child(t):
    async def body(group):
        child = group.create_task(t.worker("a", 5))
        group.create_task(t.worker("b", 9))
        t.loop.call_later(1, child.cancel, "child only")
        await child

    await _group(t, "group", body)
    t.log(f"cancelling {asyncio.current_task().cancelling()}")


async def group_child_creates_sibling(t):
    async def child(group):
        t.log("child")
        group.create_task(t.worker("sibling", 1))

    async def body(group):
        group.create_task(child(group))

    await _group(t, "group", body)


async def group_creates_while_exiting(t):
    async def late(group):
        await asyncio.sleep(1)
        group.create_task(t.worker("late", 2))

    async def body(group):
        group.create_task(late(group))

    await _group(t, "group", body)


def _create(group, coroutine):
    group.create_task(coroutine)


async def group_refuses_when_finished(t):
    async with asyncio.TaskGroup() as group:
        t.log("body")
    t.call("create_task", lambda: _create(group, t.worker("late", 1)))
    await asyncio.sleep(2)


async def group_refuses_when_not_entered(t):
    group = asyncio.TaskGroup()
    t.call("create_task", lambda: _create(group, t.worker("early", 1)))
    await asyncio.sleep(2)


async def group_refuses_while_shutting_down(t):
    async def late(group):
        try:
            await asyncio.sleep(5)
        finally:
            t.call("create_task", lambda: _create(group, t.worker("late", 1)))

    async def body(group):
        group.create_task(t.failing("a", 1))
        group.create_task(late(group))

    await _group(t, "group", body)


async def group_entered_twice_is_refused(t):
    group = asyncio.TaskGroup()
    async with group:
        t.log("body")
    try:
        async with group:
            t.log("not reached")
    except RuntimeError:
        t.log("second: refused")


async def group_keyboard_interrupt_in_body(t):
    """It is raised bare, after the children have ended."""

    async def body(group):
        group.create_task(t.tidy("a", 5, 1))
        await asyncio.sleep(1)
        raise KeyboardInterrupt

    await _group(t, "group", body)


async def group_splits_by_kind(t):
    async def refuse():
        await asyncio.sleep(1)
        raise ValueError

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(t.failing("a", 1))
            group.create_task(refuse())
            group.create_task(t.failing("b", 1))
    except BaseExceptionGroup as failures:
        match, rest = failures.split(Failed)
        t.log(f"failed {describe(match)}")
        t.log(f"rest {describe(rest)}")
