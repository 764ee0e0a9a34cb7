import static java.lang.IO.println;

import jasyncio.greenlet.*;

Greenlet ann = Greenlet.of(this::serve);
Greenlet bob = Greenlet.taking(this::answer);

String serve() {
    var ball = bob.switchTo("ping"); // the first switch starts bob's body with the value
    println("ann got " + ball);
    ball = bob.switchTo("ping again"); // a later one is what bob's own switch returns
    return "ann got " + ball + " and stops"; // goes to the parent: what main's switch returns
}

Object answer(Object ball) {
    try {
        while (true) {
            println("bob got " + ball);
            ball = ann.switchTo("pong");
        }
    } finally {
        println("bob leaves");
    }
}

void main() {
    println(ann.switchTo());
    println("ann is dead: " + ann.dead() + ", bob is active: " + bob.active());
    bob.throwIn(); // a GreenletExit, thrown where bob waits
    println("bob is dead: " + bob.dead());
    println(bob.switchTo("nobody there")); // reaches the parent, which is main itself
}
