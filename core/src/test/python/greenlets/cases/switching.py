"""Switches with and without values."""

from journal import Failed


def first_switch_starts_the_body(t):
    a = t.new("a", lambda: t.log("a runs"))
    t.log("created")
    t.call("switch", a.switch)


def first_value_is_the_argument(t):
    a = t.new("a", lambda first: t.log(f"a got {t.show(first)}"))
    t.call("switch", lambda: a.switch(5))


def later_values_are_what_the_pending_switch_returns(t):
    def body(first):
        for _ in range(3):
            first = t.main.switch(first * 10)
        return "end"

    a = t.new("a", body)
    for value in range(1, 5):
        t.call(f"switch {value}", lambda: a.switch(value))


def switch_without_a_value(t):
    def body():
        t.log(f"a got {t.show(t.main.switch())}")
        t.log(f"a got {t.show(t.main.switch(None))}")

    a = t.new("a", body)
    for _ in range(3):
        t.call("switch", a.switch)


def several_values_arrive_as_one(t):
    def body():
        t.log(f"a got {t.show(t.main.switch(1, 2))}")

    a = t.new("a", body)
    t.call("first", a.switch)
    t.call("second", lambda: a.switch(3, "x", None))


def an_exception_can_be_a_value(t):
    def body(first):
        t.log(f"a got {t.show(first)}")
        return Failed("returned")

    a = t.new("a", body)
    t.call("switch", lambda: a.switch(Failed("sent")))


def a_greenlet_can_be_a_value(t):
    a = t.new("a", lambda first: first.switch("straight back"))
    t.call("switch", lambda: a.switch(t.main))
    t.state("a")


def two_siblings_play_ping_pong(t):
    def ping():
        for number in range(3):
            t.log(f"ping {t.show(t['pong'].switch(number))}")
        return "ping ends"

    def pong(first):
        while True:
            t.log(f"pong {first}")
            first = t["ping"].switch(-first)

    t.new("ping", ping)
    t.new("pong", pong)
    t.call("switch", t["ping"].switch)
    t.state("ping", "pong")


def switch_to_oneself_returns_at_once(t):
    def body():
        t.call("a to a", lambda: t["a"].switch(1))
        t.call("a to a without a value", t["a"].switch)
        return "end"

    t.new("a", body)
    t.call("main to main", lambda: t.main.switch(2))
    t.call("switch", t["a"].switch)


def a_body_without_a_parameter_refuses_a_value(t):
    a = t.new("a", lambda: t.log("never"))
    t.call("switch", lambda: a.switch(5))
    t.state("a")


def a_greenlet_started_in_another(t):
    def inner():
        t.log(f"in {t.current()}, parent {t.show(t['inner'].parent)}")
        t.log(f"inner got {t.show(t['outer'].switch('from inner'))}")
        return "inner ends"

    def outer():
        t.new("inner", inner)
        t.call("first", t["inner"].switch)
        t.call("second", lambda: t["inner"].switch("to inner"))
        return "outer ends"

    t.new("outer", outer)
    t.call("switch", t["outer"].switch)


def the_end_resumes_the_parent_not_who_switched(t):
    def first():
        t.log(f"first got {t.show(t['second'].switch())}")
        return "first ends"

    t.new("first", first)
    t.new("second", lambda: "second ends")
    t.call("switch", t["first"].switch)
    t.state("first", "second")
    t.call("again", lambda: t["first"].switch("at last"))
    t.state("first")


def nested_starts_return_in_reverse(t):
    def nested(depth):
        if depth == 0:
            return 0
        child = t.new(f"level {depth}", nested)
        result = child.switch(depth - 1)
        t.log(f"{t.current()} got {result}")
        return result + 1

    t.new("top", nested)
    t.call("switch", lambda: t["top"].switch(5))


def a_ring_passes_a_counter(t):
    size = 7

    def body(count):
        while True:
            if count >= 30:
                t.main.switch(f"{t.current()} has {count}")
            following = t[str((int(t.current()) + 1) % size)]
            count = following.switch(count + 1)

    for number in range(size):
        t.new(str(number), body)
    t.call("switch", lambda: t["0"].switch(0))


def a_recursive_walk_hands_out_leaves(t):
    tree = [[1, [2]], 3, [[[4]], 5]]

    def walk(node):
        if isinstance(node, list):
            for child in node:
                walk(child)
        else:
            t.main.switch(node)

    walker = t.new("walker", walk)
    leaf = walker.switch(tree)
    while not walker.dead:
        t.log(f"leaf {leaf}")
        leaf = walker.switch()
    t.log(f"result {t.show(leaf)}")


def a_producer_and_a_consumer(t):
    def producer():
        for item in ("bread", "salt"):
            t.log(f"made {item}")
            t["consumer"].switch(item)
        return "sold out"

    def consumer(item):
        while True:
            t.log(f"ate {item}")
            item = t["producer"].switch()

    t.new("producer", producer)
    t.new("consumer", consumer)
    t.call("switch", t["producer"].switch)


def switches_inside_try_and_finally(t):
    def body():
        try:
            try:
                t.log(f"try {t.show(t.main.switch())}")
                raise Failed("inside")
            except Failed as failure:
                t.log(f"except {t.show(t.main.switch())}")
                t.log(f"still {t.show(failure)}")
        finally:
            t.log(f"finally {t.show(t.main.switch())}")
        return "end"

    a = t.new("a", body)
    for number in range(4):
        t.call(f"switch {number}", (lambda: a.switch(number)) if number else a.switch)


def a_grandchild_switches_to_main(t):
    def child():
        t.new("grandchild", lambda: t.log(f"grandchild got {t.show(t.main.switch('hello'))}"))
        t.log(f"child got {t.show(t['grandchild'].switch())}")

    t.new("child", child)
    t.call("first", t["child"].switch)
    t.state("child", "grandchild")
    t.call("second", lambda: t["grandchild"].switch("go on"))
    t.state("child", "grandchild")


def main_switches_to_whom_it_likes(t):
    def body():
        while True:
            t.log(f"{t.current()} runs")
            t.main.switch()

    for name in ("a", "b", "c"):
        t.new(name, body)
    for name in ("a", "b", "c", "b", "a", "c"):
        t[name].switch()
    t.state("a", "b", "c", "main")
