package jasyncio.bench.peer

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.yield

/** The work with Kotlin's sequences and flows, which the compiler turns into state machines. */
internal object KotlinGeneratorWork {
    private const val LEVELS = 10

    fun generator(meter: Meter) {
        while (meter.more()) {
            val n = meter.batch()
            Expect.sumBelow(n, sum(count(n)))
        }
    }

    fun generatorDriven(meter: Meter) {
        while (meter.more()) {
            val n = meter.batch()
            var sum = 0L
            count(n).forEach { sum += it }
            Expect.sumBelow(n, sum)
        }
    }

    fun delegate(meter: Meter) {
        while (meter.more()) {
            val n = meter.batch()
            Expect.sumBelow(n, sum(nested(n, LEVELS)))
        }
    }

    private fun sum(values: Sequence<Int>): Long {
        var sum = 0L
        for (value in values) {
            sum += value
        }
        return sum
    }

    private fun count(n: Int): Sequence<Int> = sequence {
        for (i in 0 until n) {
            yield(i)
        }
    }

    private fun nested(n: Int, levels: Int): Sequence<Int> = sequence {
        yieldAll(if (levels == 1) count(n) else nested(n, levels - 1))
    }

    suspend fun asyncGenerator(meter: Meter, suspending: Boolean) {
        while (meter.more()) {
            val n = meter.batch()
            var sum = 0L
            flowOf(n, suspending).collect { sum += it }
            Expect.sumBelow(n, sum)
        }
    }

    private fun flowOf(n: Int, suspending: Boolean): Flow<Int> = flow {
        for (i in 0 until n) {
            if (suspending) {
                yield()
            }
            emit(i)
        }
    }
}
