import static java.lang.IO.println;

import jasyncio.generator.*;

Generator<Integer> fib(int limit) {
    return Generator.of(y -> {
        try {
            for (int a = 0, b = 1; b < limit; ) {
                y.yield(b); // stands still here until the next one is asked for
                b += a;
                a = b - a;
            }
        } finally {
            println("no more");
        }
    });
}

void main() {
    var all = new ArrayList<Integer>();
    for (int x : fib(100)) {
        all.add(x);
    }
    println(all);
    try (var numbers = fib(100).stream()) { // left half-way: close it, so that finally runs
        println(numbers.filter(x -> x % 2 == 0).limit(2).toList());
    }
    try (Generator<Integer> numbers = fib(100)) {
        println(numbers.next() + ", " + numbers.next() + ", " + numbers.state());
    }
}
