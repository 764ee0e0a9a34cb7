/*
 * Greenlets: switching by hand
 * greenlet：手动切换
 *
 * Two bodies on one thread. Each runs until it switches to the other, which goes on where it stopped.
 */
import static java.lang.IO.println;

import jasyncio.greenlet.Greenlet;

final Greenlet gr1 = Greenlet.of(this::func1);
final Greenlet gr2 = Greenlet.of(this::func2);

void func1() {
    println(1);
    gr2.switchTo();
    println(3);
    gr2.switchTo();
}

void func2() {
    println(2);
    gr1.switchTo();
    println(4);
    gr1.switchTo();
}

void main() {
    gr1.switchTo();
}
