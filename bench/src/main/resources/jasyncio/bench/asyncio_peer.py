"""The work, written with Python's asyncio on its own event loop or on uvloop's, and with generators and greenlets on no loop.

Arguments: the loop (asyncio or uvloop), then the plan: work, operations per batch while warming up, operations
per batch while measuring, least number of operations, warm-up, least measured time and delay in milliseconds.
The last line of output is the sample, as JSON.
"""

import asyncio
import gc
import json
import os
import sys
import time

PATIENCE = 4
STABLE = 1.05
WARM_DELAY_DIVISOR = 100
STRIDE = 7919
LONG_ENOUGH = 3600
LOCK_TASKS = 10
SEMAPHORE_TASKS = 1000
PERMITS = 10
LEVELS = 10
GATHERED = 1000
CHILDREN = 2
LOOKUPS_AT_ONCE = 50
ROWS = 10_000


class Meter:
    """Says how many batches to run, first to warm up, then to measure."""

    def __init__(self, warm_batch, batch, operations, warm_millis, measure_millis, delay_millis):
        self._warm_batch = warm_batch
        self._batch = batch
        self._operations = operations
        self._warm_nanos = warm_millis * 1_000_000
        self._measure_nanos = measure_millis * 1_000_000
        self._delay = delay_millis / 1000
        self._warming = True
        self._begun = False
        self._fastest = float("inf")
        self.operations = 0
        self.wall_nanos = 0
        self.cpu_nanos = 0

    def more(self):
        now = time.perf_counter_ns()
        if self._warming:
            self._warm(now)
            return True
        self.operations += self._batch
        self.wall_nanos = now - self._wall_start
        if self.operations < self._operations or self.wall_nanos < self._measure_nanos:
            return True
        self.cpu_nanos = time.process_time_ns() - self._cpu_start
        return False

    def batch(self):
        return self._warm_batch if self._warming else self._batch

    def delay(self):
        return self._delay / WARM_DELAY_DIVISOR if self._warming else self._delay

    def _warm(self, now):
        if not self._begun:
            self._begun = True
            self._warm_start = now
        elif self._warmed_up(now):
            self._warming = False
            gc.collect()
            self._cpu_start = time.process_time_ns()
            self._wall_start = time.perf_counter_ns()
            return
        self._batch_start = time.perf_counter_ns()

    def _warmed_up(self, now):
        last = now - self._batch_start
        self._fastest = min(self._fastest, last)
        elapsed = now - self._warm_start
        return elapsed >= PATIENCE * self._warm_nanos or (
            elapsed >= self._warm_nanos and last <= STABLE * self._fastest
        )


def report(operations, wall_nanos, cpu_nanos, used):
    sample = {"operations": operations, "wallNanos": wall_nanos, "cpuNanos": cpu_nanos, "bytes": used}
    print(json.dumps(sample), flush=True)


def expect(expected, actual):
    if expected != actual:
        raise RuntimeError(f"The work came to {actual} instead of {expected}; the peer did not do its job")


async def switch(meter):
    while meter.more():
        for _ in range(meter.batch()):
            await asyncio.sleep(0)


async def child(value):
    return value


async def spawn(meter):
    while meter.more():
        n = meter.batch()
        total = 0
        for i in range(n):
            total += await asyncio.create_task(child(i))
        expect(n * (n - 1) // 2, total)


async def wake(meter):
    loop = asyncio.get_running_loop()
    while meter.more():
        rounds = meter.batch() // 2
        court = [loop.create_future(), loop.create_future()]
        left = asyncio.create_task(play(loop, court, 0, rounds))
        right = asyncio.create_task(play(loop, court, 1, rounds))
        court[0].set_result(0)
        await left
        await right
        expect(2 * rounds, court[0].result())


async def play(loop, court, me, rounds):
    for _ in range(rounds):
        value = await court[me]
        court[me] = loop.create_future()
        court[1 - me].set_result(value + 1)


def asleep(n, delay):
    return [asyncio.create_task(asyncio.sleep(delay + i * 1e-6)) for i in range(n)]


async def sleepers(meter):
    while meter.more():
        for task in asleep(meter.batch(), meter.delay()):
            await task


async def sleepers_heap(meter):
    n = meter.batch()
    before = resident()
    tasks = asleep(n, LONG_ENOUGH)
    await asyncio.sleep(0)
    report(len(tasks), 0, 0, resident() - before)
    os._exit(0)


def resident():
    """The most memory this process has held so far, in bytes; nothing is freed before the second call."""
    import resource

    gc.collect()
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


async def timers(meter):
    loop = asyncio.get_running_loop()
    while meter.more():
        n = meter.batch()
        step = meter.delay() / n
        fired = loop.create_future()
        left = n // 2

        def callback():
            nonlocal left
            left -= 1
            if left == 0:
                fired.set_result(n // 2)

        handles = [loop.call_later(i * STRIDE % n * step, callback) for i in range(n)]
        for i in range(0, n, 2):
            handles[i].cancel()
        expect(n // 2, await fired)


async def queue(meter, capacity):
    while meter.more():
        n = meter.batch()
        items = asyncio.Queue(capacity)
        producer = asyncio.create_task(produce(items, n))
        consumer = asyncio.create_task(consume(items, n))
        await producer
        expect(n * (n - 1) // 2, await consumer)


async def queue_1(meter):
    await queue(meter, 1)


async def queue_100(meter):
    await queue(meter, 100)


async def produce(items, n):
    for i in range(n):
        await items.put(i)


async def consume(items, n):
    total = 0
    for _ in range(n):
        total += await items.get()
    return total


class Room:
    """Counts who is in, how many were in at most, and how often somebody came."""

    def __init__(self):
        self.inside = 0
        self.most = 0
        self.visits = 0

    def enter(self):
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.visits += 1

    def leave(self):
        self.inside -= 1


async def lock(meter):
    while meter.more():
        await crowd(meter.batch(), asyncio.Lock(), LOCK_TASKS, 1)


async def semaphore(meter):
    while meter.more():
        await crowd(meter.batch(), asyncio.Semaphore(PERMITS), SEMAPHORE_TASKS, PERMITS)


async def crowd(n, door, tasks, places):
    room = Room()
    visitors = [asyncio.create_task(visit(door, room, n // tasks)) for _ in range(tasks)]
    for visitor in visitors:
        await visitor
    expect(n, room.visits)
    expect(places, room.most)


async def visit(door, room, times):
    for _ in range(times):
        async with door:
            room.enter()
            await asyncio.sleep(0)
            room.leave()


def count(n):
    for i in range(n):
        yield i


def generator(meter):
    while meter.more():
        n = meter.batch()
        total = 0
        for value in count(n):
            total += value
        expect(n * (n - 1) // 2, total)


def generator_driven(meter):
    while meter.more():
        n = meter.batch()
        expect(n * (n - 1) // 2, sum(count(n)))


def nested(n, levels):
    if levels == 0:
        yield from count(n)
    else:
        yield from nested(n, levels - 1)


def delegate(meter):
    while meter.more():
        n = meter.batch()
        total = 0
        for value in nested(n, LEVELS - 1):
            total += value
        expect(n * (n - 1) // 2, total)


def ping_pong(meter):
    from greenlet import greenlet

    while meter.more():
        rounds = meter.batch() // 2

        def serve():
            value = 0
            for _ in range(rounds):
                value = right.switch(value + 1)
            return value

        def reply(value):
            for _ in range(rounds - 1):
                value = left.switch(value + 1)
            return value + 1

        left = greenlet(serve)
        right = greenlet(reply, parent=left)
        expect(2 * rounds, left.switch())


async def count_suspending(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i


async def count_plainly(n):
    for i in range(n):
        yield i


async def asyncgen(meter):
    while meter.more():
        n = meter.batch()
        total = 0
        async for value in count_suspending(n):
            total += value
        expect(n * (n - 1) // 2, total)


async def asyncgen_plain(meter):
    while meter.more():
        n = meter.batch()
        total = 0
        async for value in count_plainly(n):
            total += value
        expect(n * (n - 1) // 2, total)


async def jdbc(meter):
    import aiomysql

    async def connect():
        return await aiomysql.connect(
            host="127.0.0.1", port=DATABASE_PORT, user="jasyncio", password="jasyncio", db="jasyncio"
        )

    async def look_up(connection, times):
        async with connection.cursor() as cursor:
            number = 0
            for _ in range(times):
                number = (number + STRIDE) % ROWS
                await cursor.execute("SELECT square FROM numbers WHERE id = %s", (number,))
                (square,) = await cursor.fetchone()
                expect(number * number, square)

    connections = [await connect() for _ in range(LOOKUPS_AT_ONCE)]
    while meter.more():
        each = meter.batch() // LOOKUPS_AT_ONCE
        async with asyncio.TaskGroup() as group:
            for connection in connections:
                group.create_task(look_up(connection, each))
    for connection in connections:
        await connection.ensure_closed()


async def to_thread_in_sequence(meter):
    while meter.more():
        n = meter.batch()
        total = 0
        for i in range(n):
            total += await asyncio.to_thread(same, i)
        expect(n * (n - 1) // 2, total)


async def to_thread_gathered(meter):
    while meter.more():
        n = meter.batch()
        total = 0
        for start in range(0, n, GATHERED):
            total += sum(await asyncio.gather(*(asyncio.to_thread(same, i) for i in range(start, start + GATHERED))))
        expect(n * (n - 1) // 2, total)


def same(value):
    return value


async def process(meter):
    import concurrent.futures
    import multiprocessing

    # This program comes from standard input, where only a fork finds it again.
    start = multiprocessing.get_context("fork")
    loop = asyncio.get_running_loop()
    with concurrent.futures.ProcessPoolExecutor(CHILDREN, mp_context=start) as pool:
        while meter.more():
            n = meter.batch()
            jobs = [loop.run_in_executor(pool, same, i) for i in range(n)]
            expect(n * (n - 1) // 2, sum(await asyncio.gather(*jobs)))


WORK = {
    "switch": switch,
    "spawn": spawn,
    "wake": wake,
    "sleepers": sleepers,
    "sleepers-heap": sleepers_heap,
    "timers": timers,
    "queue-1": queue_1,
    "queue-100": queue_100,
    "lock": lock,
    "semaphore": semaphore,
    "asyncgen": asyncgen,
    "asyncgen-plain": asyncgen_plain,
    "tothread-seq": to_thread_in_sequence,
    "tothread-gathered": to_thread_gathered,
    "process": process,
    "jdbc": jdbc,
}

WORK_WITHOUT_LOOP = {
    "generator": generator,
    "generator-driven": generator_driven,
    "delegate": delegate,
    "greenlet": ping_pong,
}


def factory(loop_name):
    if loop_name == "uvloop":
        import uvloop

        return uvloop.new_event_loop
    return None


def main():
    loop_name, work, *numbers = sys.argv[1:]
    meter = Meter(*map(int, numbers))
    if work in WORK_WITHOUT_LOOP:
        WORK_WITHOUT_LOOP[work](meter)
    else:
        with asyncio.Runner(loop_factory=factory(loop_name)) as runner:
            runner.run(WORK[work](meter))
    report(meter.operations, meter.wall_nanos, meter.cpu_nanos, 0)


main()
