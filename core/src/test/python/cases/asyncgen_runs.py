"""What run does with asynchronous generators that are left. These cases make their own loops."""

import asyncio

from tracing import Failed
from virtual import VirtualLoop


async def _resource(t, name, cleanup):
    try:
        yield 1
        yield 2
    finally:
        t.log(f"{name} is closed in {'another' if asyncio.current_task() is not t.main else 'the main'} task")
        await asyncio.sleep(cleanup)
        t.log(f"{name} has cleaned up")


def _run(t, main):
    def make_loop():
        t.loop.close()
        t.loop = VirtualLoop()
        t.loop.set_exception_handler(t.on_failure)
        return t.loop

    async def noted():
        t.main = asyncio.current_task()
        return await main()

    t.call("run", lambda: asyncio.run(noted(), loop_factory=make_loop))
    t.log(f"closed {t.shown(t.loop.is_closed())}")


def run_closes_a_generator(t):
    async def main():
        generator = _resource(t, "a", 1)
        t.log(f"item {await generator.__anext__()}")
        kept.append(generator)
        return "done"

    kept = []
    _run(t, main)


def run_closes_generators_in_the_order_they_began(t):
    async def main():
        for name, cleanup in [("a", 2), ("b", 1), ("c", 1)]:
            generator = _resource(t, name, cleanup)
            await generator.__anext__()
            kept.append(generator)

    kept = []
    _run(t, main)


def run_closes_generators_after_its_tasks(t):
    async def consume():
        async for _ in kept[0]:
            await asyncio.sleep(9)

    async def main():
        kept.append(_resource(t, "a", 1))
        kept.append(asyncio.create_task(consume()))
        kept.append(asyncio.create_task(t.tidy("b", 9, 2)))
        await asyncio.sleep(1)
        t.log("main ends")

    kept = []
    _run(t, main)


def run_fails_and_closes_generators(t):
    async def main():
        kept.append(_resource(t, "a", 1))
        await kept[0].__anext__()
        raise Failed("main")

    kept = []
    _run(t, main)


def run_reports_a_generator_that_fails(t):
    async def body():
        try:
            yield 1
        finally:
            raise Failed("cleanup")

    async def main():
        kept.append(body())
        await kept[0].__anext__()

    kept = []
    _run(t, main)


def run_leaves_generators_that_never_began(t):
    async def main():
        kept.append(_resource(t, "a", 1))

    kept = []
    _run(t, main)
