/*
 * An event loop by hand: the pseudo-code, made real
 * 手写事件循环：把伪代码变成程序
 *
 * A list of tasks, and a loop that runs those that are ready and removes those that are done. A task is a
 * generator that yields the moment at which it wants to go on.
 */
import static java.lang.IO.println;

import jasyncio.generator.*;

int now;

Generator<Integer> task(String name, int... pauses) {
    return Generator.of(y -> {
        for (int pause : pauses) {
            println(now + " s: " + name + " runs");
            y.yield(now + pause);
        }
        println(now + " s: " + name + " is done");
    });
}

void main() {
    var tasks = new LinkedHashMap<Generator<Integer>, Integer>(); // with the moment each waits for
    tasks.put(task("task 1", 2, 2), 0);
    tasks.put(task("task 2", 1, 1, 1), 0);
    tasks.put(task("task 3"), 0);

    while (true) {
        var ready = new ArrayList<Generator<Integer>>();
        var done = new ArrayList<Generator<Integer>>();
        tasks.forEach((task, wake) -> {
            if (wake <= now) {
                ready.add(task);
            }
        });

        for (var task : ready) {
            try {
                tasks.put(task, task.next());
            } catch (StopIteration e) {
                done.add(task);
            }
        }

        tasks.keySet().removeAll(done);

        if (tasks.isEmpty()) {
            break;
        }
        now = Collections.min(tasks.values());
    }

    println("all tasks are done");
}
