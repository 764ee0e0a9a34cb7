"""wait."""

import asyncio

from tracing import Failed


def _names(tasks):
    return f"[{', '.join(sorted(task.get_name() for task in tasks))}]"


def _task(name, body):
    return asyncio.create_task(body, name=name)


async def _wait(t, label, tasks, **options):
    done, pending = await asyncio.wait(tasks, **options)
    t.log(f"{label}: done {_names(done)}, pending {_names(pending)}")


async def wait_all_completed(t):
    tasks = [_task("a", t.worker("a", 2)), _task("b", t.failing("b", 1)), _task("c", t.worker("c", 3))]
    await _wait(t, "wait", tasks)
    await t.attempt("b", tasks[1])


async def wait_first_completed(t):
    tasks = [_task("a", t.worker("a", 2)), _task("b", t.worker("b", 1)), _task("c", t.worker("c", 3))]
    await _wait(t, "first", tasks, return_when=asyncio.FIRST_COMPLETED)
    await _wait(t, "again", tasks, return_when=asyncio.FIRST_COMPLETED)
    await _wait(t, "rest", [task for task in tasks if not task.done()], return_when=asyncio.FIRST_COMPLETED)


async def wait_first_completed_two_at_once(t):
    tasks = [_task("a", t.worker("a", 1)), _task("b", t.worker("b", 1)), _task("c", t.worker("c", 3))]
    await _wait(t, "wait", tasks, return_when=asyncio.FIRST_COMPLETED)


async def wait_first_completed_sees_who_ended_meanwhile(t):
    """The second task ends in the iteration in which the waiter is woken."""

    async def turns(count):
        for _ in range(count):
            await asyncio.sleep(0)

    tasks = [_task("a", turns(1)), _task("b", turns(2)), _task("c", turns(4))]
    t.ticks(6)
    await _wait(t, "wait", tasks, return_when=asyncio.FIRST_COMPLETED)
    await _wait(t, "rest", tasks)


async def wait_first_exception_of_the_first_step(t):
    async def fail():
        raise Failed("b")

    tasks = [_task("a", t.worker("a", 3)), _task("b", fail())]
    await _wait(t, "wait", tasks, return_when=asyncio.FIRST_EXCEPTION)
    await t.attempt("b", tasks[1])


async def wait_first_exception(t):
    tasks = [_task("a", t.worker("a", 1)), _task("b", t.failing("b", 2)), _task("c", t.worker("c", 3))]
    await _wait(t, "wait", tasks, return_when=asyncio.FIRST_EXCEPTION)


async def wait_first_exception_without_any(t):
    tasks = [_task("a", t.worker("a", 1)), _task("b", t.worker("b", 2))]
    await _wait(t, "wait", tasks, return_when=asyncio.FIRST_EXCEPTION)


async def wait_first_exception_ignores_cancelled(t):
    tasks = [_task("a", t.worker("a", 9)), _task("b", t.failing("b", 2)), _task("c", t.worker("c", 3))]
    t.loop.call_later(1, tasks[0].cancel)
    await _wait(t, "wait", tasks, return_when=asyncio.FIRST_EXCEPTION)


async def wait_first_completed_counts_cancelled(t):
    tasks = [_task("a", t.worker("a", 9)), _task("b", t.worker("b", 2))]
    t.loop.call_later(1, tasks[0].cancel)
    await _wait(t, "wait", tasks, return_when=asyncio.FIRST_COMPLETED)


async def wait_with_timeout(t):
    """What is pending is not cancelled."""
    tasks = [_task("a", t.worker("a", 1)), _task("b", t.worker("b", 3))]
    await _wait(t, "wait", tasks, timeout=2)
    await t.attempt("b", tasks[1])


async def wait_with_timeout_not_reached(t):
    tasks = [_task("a", t.worker("a", 1))]
    await _wait(t, "wait", tasks, timeout=2)
    await asyncio.sleep(5)


async def wait_with_timeout_and_completion_in_one_iteration(t):
    tasks = [_task("a", t.worker("a", 1)), _task("b", t.worker("b", 1))]
    await asyncio.sleep(0)
    await _wait(t, "wait", tasks, timeout=1)


async def wait_with_timeout_when_one_of_two_completes(t):
    tasks = [_task("a", t.worker("a", 1)), _task("b", t.worker("b", 2))]
    await asyncio.sleep(0)
    await _wait(t, "wait", tasks, timeout=1)
    await _wait(t, "rest", tasks)


async def wait_with_timeout_of_zero(t):
    tasks = [_task("a", t.worker("a", 0)), _task("b", t.worker("b", 1))]
    t.ticks(4)
    await _wait(t, "zero", tasks, timeout=0)
    await _wait(t, "negative", tasks, timeout=-1)


async def wait_for_first_failure_with_timeout(t):
    tasks = [_task("a", t.failing("a", 1)), _task("b", t.worker("b", 3))]
    await _wait(t, "wait", tasks, timeout=2, return_when=asyncio.FIRST_EXCEPTION)


async def wait_of_done_tasks(t):
    """It suspends all the same, for one iteration."""
    tasks = [_task("a", t.worker("a", 0)), _task("b", t.worker("b", 0))]
    await asyncio.sleep(1)
    t.ticks(4)
    await _wait(t, "wait", tasks)


async def wait_latency(t):
    future = asyncio.ensure_future(asyncio.sleep(0))
    t.ticks(6)
    await asyncio.wait([future])
    t.log("main")


async def wait_empty_is_refused(t):
    await t.attempt("wait", asyncio.wait([]))


async def wait_duplicates(t):
    task = _task("a", t.worker("a", 1))
    await _wait(t, "wait", [task, task])


async def wait_cancelled(t):
    """The tasks go on."""

    async def waiter():
        await _wait(t, "wait", tasks)

    tasks = [_task("a", t.worker("a", 3)), _task("b", t.worker("b", 2))]
    task = asyncio.create_task(waiter())
    await asyncio.sleep(1)
    task.cancel("why")
    await t.attempt("task", task)
    await _wait(t, "after", tasks)


async def wait_twice_at_the_same_time(t):
    async def waiter(name):
        await _wait(t, name, tasks, return_when=asyncio.FIRST_COMPLETED)

    tasks = [_task("a", t.worker("a", 1)), _task("b", t.worker("b", 2))]
    await asyncio.gather(waiter("first"), waiter("second"))


async def wait_then_cancel_pending(t):
    tasks = [_task("a", t.worker("a", 1)), _task("b", t.tidy("b", 9, 1)), _task("c", t.worker("c", 9))]
    done, pending = await asyncio.wait(tasks, timeout=2)
    for task in sorted(pending, key=lambda each: each.get_name()):
        task.cancel()
    await _wait(t, "cancelled", pending)
