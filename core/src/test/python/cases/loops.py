"""Running, stopping and closing loops. These cases drive the loop themselves."""

import asyncio

from tracing import Failed


def stop_semantics(t):
    """The iteration in which the loop is stopped is finished, what it scheduled waits for the next run."""
    loop = t.loop

    def stopper():
        t.log("stop")
        loop.stop()
        loop.call_soon(t.logger("scheduled after stop"))

    loop.call_soon(t.logger("before"))
    loop.call_soon(stopper)
    loop.call_soon(t.logger("after"))
    loop.run_forever()
    t.log("stopped")
    loop.call_soon(loop.stop)
    loop.run_forever()
    t.log("stopped again")


def stop_before_run(t):
    """One iteration is run, without waiting for timers."""
    loop = t.loop
    loop.call_soon(t.logger("soon"))
    loop.call_later(1, t.logger("timer"))
    loop.stop()
    loop.run_forever()
    t.log("stopped")
    loop.call_later(2, loop.stop)
    loop.run_forever()
    t.log("stopped again")


def stop_runs_due_timers(t):
    loop = t.loop
    loop.call_at(-1, t.logger("timer of the past"))
    loop.call_soon(loop.stop)
    loop.run_forever()
    t.log("stopped")


def run_until_complete_twice(t):
    loop = t.loop
    t.call("first", lambda: loop.run_until_complete(t.worker("a", 1)))
    t.call("second", lambda: loop.run_until_complete(t.worker("b", 1)))


def run_until_complete_failing(t):
    loop = t.loop
    t.call("first", lambda: loop.run_until_complete(t.failing("a", 1)))
    t.call("second", lambda: loop.run_until_complete(t.worker("b", 1)))


def run_until_complete_of_done_future(t):
    loop = t.loop
    future = loop.create_future()
    future.set_result("value")
    loop.call_soon(t.logger("soon"))
    t.call("result", lambda: loop.run_until_complete(future))
    t.call("again", lambda: loop.run_until_complete(future))


def run_until_complete_leaves_others(t):
    """The loop stops at once; other tasks go on in the next run."""
    loop = t.loop
    other = loop.create_task(t.worker("other", 2))
    t.call("first", lambda: loop.run_until_complete(t.worker("a", 1)))
    t.outcome("other", other)
    t.call("second", lambda: loop.run_until_complete(other))


def run_until_complete_finishes_the_iteration(t):
    loop = t.loop

    async def main():
        loop.call_soon(t.logger("soon 1"))
        loop.call_soon(lambda: loop.call_soon(t.logger("soon 3")))
        loop.call_soon(t.logger("soon 2"))
        return "main"

    t.call("first", lambda: loop.run_until_complete(main()))
    t.call("second", lambda: loop.run_until_complete(t.worker("a", 0)))


def run_until_complete_stopped_early(t):
    loop = t.loop
    task = loop.create_task(t.worker("a", 2))
    loop.call_later(1, loop.stop)
    t.call("first", lambda: loop.run_until_complete(task))
    t.outcome("task", task)
    t.call("second", lambda: loop.run_until_complete(task))


def run_until_complete_of_cancelled_future(t):
    loop = t.loop
    future = loop.create_future()
    loop.call_later(1, lambda: future.cancel("why"))
    t.call("result", lambda: loop.run_until_complete(future))


def close_drops_what_is_scheduled(t):
    loop = t.loop
    loop.call_soon(t.logger("soon"))
    loop.call_later(1, t.logger("timer"))
    loop.close()
    t.log(f"closed {t.shown(loop.is_closed())}")
    loop.close()
    t.call("call_soon", lambda: loop.call_soon(t.logger("late")))
    t.call("call_later", lambda: loop.call_later(1, t.logger("late")))
    t.call("run_forever", loop.run_forever)


def close_while_running_is_refused(t):
    loop = t.loop
    loop.call_soon(lambda: t.call("close", loop.close))
    loop.call_soon(loop.stop)
    loop.run_forever()
    t.log(f"closed {t.shown(loop.is_closed())}")


def run_while_running_is_refused(t):
    loop = t.loop

    async def main():
        future = loop.create_future()
        future.set_result(1)
        t.call("run_until_complete", lambda: loop.run_until_complete(future))
        t.log(f"running {t.shown(loop.is_running())}")

    t.call("main", lambda: loop.run_until_complete(main()))
    t.log(f"running {t.shown(loop.is_running())}")


def keyboard_interrupt_in_callback(t):
    """It leaves the loop at once; what is left of the iteration runs in the next run."""
    loop = t.loop

    def interrupt():
        t.log("interrupt")
        raise KeyboardInterrupt

    loop.call_soon(t.logger("before"))
    loop.call_soon(interrupt)
    loop.call_soon(t.logger("after"))
    t.call("run", loop.run_forever)
    loop.call_soon(loop.stop)
    t.call("run again", loop.run_forever)


def keyboard_interrupt_in_task(t):
    """It is stored in the task and leaves the loop too."""
    loop = t.loop

    async def interrupted():
        await asyncio.sleep(1)
        raise KeyboardInterrupt

    task = loop.create_task(interrupted())
    other = loop.create_task(t.worker("other", 2))
    t.call("run", lambda: loop.run_until_complete(other))
    t.outcome("task", task)
    t.outcome("other", other)
    t.call("run again", lambda: loop.run_until_complete(other))


def timers_survive_runs(t):
    loop = t.loop
    loop.call_later(1.5, t.logger("timer"))
    t.call("first", lambda: loop.run_until_complete(t.worker("a", 1)))
    t.call("second", lambda: loop.run_until_complete(t.worker("b", 1)))


def future_of_another_loop_is_refused(t):
    """The task gets the error at its await."""
    loop = t.loop
    other = asyncio.new_event_loop()
    future = other.create_future()

    async def main():
        try:
            await future
        except RuntimeError:
            t.log("refused")
            raise Failed("other loop") from None

    t.call("main", lambda: loop.run_until_complete(main()))
    other.close()


def eager_factory_while_the_loop_does_not_run(t):
    """The task starts when the loop does."""
    loop = t.loop
    loop.set_task_factory(asyncio.eager_task_factory)
    loop.call_soon(t.logger("soon"))
    task = loop.create_task(t.worker("a", 1))
    t.log("created")
    t.call("result", lambda: loop.run_until_complete(task))
