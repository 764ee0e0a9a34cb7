package jasyncio.bench;

import jasyncio.bench.peer.Sample;

/** What the ratios of a benchmark compare. */
enum Measure {
    /** CPU time of the process per operation. */
    CPU("CPU ns/op") {
        @Override
        double of(Sample sample) {
            return (double) sample.cpuNanos() / sample.operations();
        }
    },
    /** Elapsed time per operation. */
    WALL("wall ns/op") {
        @Override
        double of(Sample sample) {
            return (double) sample.wallNanos() / sample.operations();
        }
    },
    /** Live heap per operation; for peers that are no JVM, resident memory. */
    HEAP("bytes/op") {
        @Override
        double of(Sample sample) {
            return (double) sample.bytes() / sample.operations();
        }
    };

    private final String unit;

    Measure(String unit) {
        this.unit = unit;
    }

    /** The unit, as a column's head. */
    String unit() {
        return unit;
    }

    /** The figure of one operation in this sample. */
    abstract double of(Sample sample);
}
