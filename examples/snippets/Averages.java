import static java.lang.IO.println;

import jasyncio.generator.*;

/** Is sent numbers, yields their average so far, and returns how many they were when it is sent null. */
SendGenerator<Double, Double, Integer> average() {
    return SendGenerator.of(y -> {
        double sum = 0;
        int count = 0;
        for (Double x = y.yield(); x != null; x = y.yield(sum / count)) {
            sum += x;
            count++;
        }
        return count;
    });
}

/** One average after the other: what it is sent goes to the innermost, the results come back here. */
SendGenerator<Double, Double, Void> averages(List<Integer> counts) {
    return SendGenerator.primed(y -> {
        while (true) {
            counts.add(y.yieldFrom(average()));
        }
    });
}

void main() {
    var one = average();
    one.next(); // to the first yield; `primed` does that itself
    println(one.send(10.0) + ", " + one.send(20.0));
    try {
        one.send(null);
    } catch (StopIteration end) {
        println("ended with " + end.value() + ", result " + one.result());
    }

    var counts = new ArrayList<Integer>();
    try (var many = averages(counts)) {
        println(many.send(1.0) + ", " + many.send(2.0) + ", " + many.send(null) + ", " + many.send(7.0));
        try {
            many.throwIn(new IllegalArgumentException("not a number"));
        } catch (IllegalArgumentException e) { // nobody inside has caught it
            println(e.getMessage() + ", " + many.state() + ", " + counts);
        }
    }
}
