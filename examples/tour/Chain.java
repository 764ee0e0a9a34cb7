/*
 * One iterable after another
 * itertools.chain：依次迭代
 *
 * itertools.chain is Stream.concat in Java.
 */
import static java.lang.IO.println;

void main() {
    var c = Stream.concat(Stream.of("one", "two", "three"), Stream.of("a", "b", "c"));
    for (var i : (Iterable<String>) c::iterator) {
        println(i);
    }
}
