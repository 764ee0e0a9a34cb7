package jasyncio.bench.peer

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.async
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.sync.withPermit
import kotlinx.coroutines.yield

/** The work with Kotlin's channels, mutexes and semaphores. */
internal object KotlinPrimitiveWork {
    private const val LOCK_TASKS = 10
    private const val SEMAPHORE_TASKS = 1_000
    private const val PERMITS = 10

    suspend fun CoroutineScope.queue(meter: Meter, capacity: Int) {
        while (meter.more()) {
            val n = meter.batch()
            val items = Channel<Int>(capacity)
            val producer = launch { repeat(n) { i -> items.send(i) } }
            val consumer =
                async {
                    var sum = 0L
                    repeat(n) { sum += items.receive() }
                    sum
                }
            producer.join()
            Expect.sumBelow(n, consumer.await())
        }
    }

    suspend fun CoroutineScope.lock(meter: Meter) {
        while (meter.more()) {
            val mutex = Mutex()
            val room = Room()
            val n = meter.batch()
            crowd(LOCK_TASKS) {
                repeat(n / LOCK_TASKS) { mutex.withLock { visit(room) } }
            }
            room.expect(n, 1)
        }
    }

    suspend fun CoroutineScope.semaphore(meter: Meter) {
        while (meter.more()) {
            val semaphore = Semaphore(PERMITS)
            val room = Room()
            val n = meter.batch()
            crowd(SEMAPHORE_TASKS) {
                repeat(n / SEMAPHORE_TASKS) { semaphore.withPermit { visit(room) } }
            }
            room.expect(n, PERMITS)
        }
    }

    private suspend fun CoroutineScope.crowd(tasks: Int, visits: suspend () -> Unit) {
        val visitors = List(tasks) { launch { visits() } }
        for (visitor in visitors) {
            visitor.join()
        }
    }

    private suspend fun visit(room: Room) {
        room.enter()
        yield()
        room.leave()
    }
}
