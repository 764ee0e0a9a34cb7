import static jasyncio.Asyncio.*;
import static java.lang.IO.println;

import jasyncio.executor.*;

/** What a job calls is static: an instance method would take its object along. */
static long digits(int n) {
    return java.math.BigInteger.TWO.pow(n).toString().length();
}

static int leak() {
    var all = new ArrayList<long[]>();
    while (true) {
        all.add(new long[100_000]);
    }
}

static int parse(String text) throws IOException {
    if (text.isEmpty()) {
        throw new IOException("nothing to parse");
    }
    return text.length();
}

void main() {
    try (var pool = new ProcessPoolExecutor(2, o -> o.maxHeap(48 << 20))) {
        run(() -> {
            println("digits: " + await(pool.submit(() -> digits(10_000))));
            println("elsewhere: " + (await(pool.submit(() -> ProcessHandle.current().pid())) != ProcessHandle.current().pid()));
            println("squares: " + await(pool.mapToList(n -> n * n, List.of(1, 2, 3, 4, 5), 2)));

            try {
                await(pool.submit(() -> leak()));
            } catch (OutOfMemoryError e) {
                println("a job ran out of memory, and nobody else did");
            }

            try {
                await(pool.submit(() -> parse("")), IOException.class);
            } catch (IOException e) {
                println(e.getMessage() + ", in " + e.getStackTrace()[0].getMethodName());
                println(e.getSuppressed()[0].getMessage());
            }

            try {
                await(pool.submit(() -> Runtime.getRuntime().halt(3))); // as a crash of native code would
            } catch (BrokenProcessPoolException e) {
                println(e.getMessage());
            }
        });
    }
}
