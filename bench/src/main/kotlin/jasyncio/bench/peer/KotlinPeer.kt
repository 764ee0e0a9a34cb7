package jasyncio.bench.peer

import jasyncio.bench.peer.KotlinGeneratorWork.asyncGenerator
import jasyncio.bench.peer.KotlinGeneratorWork.delegate
import jasyncio.bench.peer.KotlinGeneratorWork.generator
import jasyncio.bench.peer.KotlinGeneratorWork.generatorDriven
import jasyncio.bench.peer.KotlinPrimitiveWork.lock
import jasyncio.bench.peer.KotlinPrimitiveWork.queue
import jasyncio.bench.peer.KotlinPrimitiveWork.semaphore
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.microseconds
import kotlin.time.Duration.Companion.nanoseconds
import kotlin.time.toKotlinDuration
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield

/**
 * The work, written with Kotlin coroutines on the single-threaded event loop of `runBlocking`.
 *
 * kotlinx.coroutines has no public callback timer: a timer is a launched coroutine that delays, and to cancel it is to cancel its job.
 */
object KotlinPeer {
    private const val STRIDE = 7919L

    @JvmStatic
    fun main(arguments: Array<String>) {
        val plan = Plan.parse(*arguments)
        val meter = Meter(plan)
        runBlocking {
            when (plan.work()) {
                "switch" -> switches(meter)
                "spawn" -> spawn(meter)
                "wake" -> wake(meter)
                "sleepers" -> sleepers(meter)
                "sleepers-heap" -> sleepersHeap(meter)
                "timers" -> timers(meter)
                "queue-1" -> queue(meter, 1)
                "queue-100" -> queue(meter, 100)
                "lock" -> lock(meter)
                "semaphore" -> semaphore(meter)
                "generator" -> generator(meter)
                "generator-driven" -> generatorDriven(meter)
                "delegate" -> delegate(meter)
                "asyncgen" -> asyncGenerator(meter, true)
                "asyncgen-plain" -> asyncGenerator(meter, false)
                else -> throw IllegalArgumentException("Unknown work ${plan.work()}")
            }
        }
        println(meter.sample().toJson())
    }

    private suspend fun switches(meter: Meter) {
        while (meter.more()) {
            repeat(meter.batch()) { yield() }
        }
    }

    private suspend fun CoroutineScope.spawn(meter: Meter) {
        while (meter.more()) {
            val n = meter.batch()
            var sum = 0L
            for (i in 0 until n) {
                sum += async { i }.await()
            }
            Expect.sumBelow(n, sum)
        }
    }

    private suspend fun CoroutineScope.wake(meter: Meter) {
        while (meter.more()) {
            val rounds = meter.batch() / 2
            val court = mutableListOf(CompletableDeferred<Int>(), CompletableDeferred<Int>())
            val left = launch { play(court, 0, rounds) }
            val right = launch { play(court, 1, rounds) }
            court[0].complete(0)
            left.join()
            right.join()
            Expect.equal(2L * rounds, court[0].await().toLong())
        }
    }

    private suspend fun play(court: MutableList<CompletableDeferred<Int>>, me: Int, rounds: Int) {
        repeat(rounds) {
            val value = court[me].await()
            court[me] = CompletableDeferred()
            court[1 - me].complete(value + 1)
        }
    }

    private suspend fun CoroutineScope.sleepers(meter: Meter) {
        while (meter.more()) {
            for (job in asleep(meter.batch(), meter.delay().toKotlinDuration())) {
                job.join()
            }
        }
    }

    private suspend fun CoroutineScope.sleepersHeap(meter: Meter) {
        val heap = UsedHeap.now()
        val jobs = asleep(meter.batch(), 1.hours)
        yield()
        heap.reportAndHalt(jobs.size)
    }

    private fun CoroutineScope.asleep(n: Int, delay: Duration): List<Job> =
        List(n) { i ->
            val deadline = delay + i.microseconds
            launch { delay(deadline) }
        }

    private suspend fun CoroutineScope.timers(meter: Meter) {
        while (meter.more()) {
            val n = meter.batch()
            val step = meter.delay().toNanos() / n
            val fired = CompletableDeferred<Int>()
            var left = n / 2
            val jobs =
                Array(n) { i ->
                    val delay = (i * STRIDE % n * step).nanoseconds
                    launch {
                        delay(delay)
                        if (--left == 0) fired.complete(n / 2)
                    }
                }
            for (i in 0 until n step 2) {
                jobs[i].cancel()
            }
            Expect.equal((n / 2).toLong(), fired.await().toLong())
        }
    }
}
