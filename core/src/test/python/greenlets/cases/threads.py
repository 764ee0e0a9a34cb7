"""Greenlets and threads."""

import greenlet


def another_threads_greenlet_is_refused(t):
    t.new("a", lambda: t.log("never"))
    t.elsewhere(lambda: t.call("switch", t["a"].switch))
    t.elsewhere(lambda: t.call("throw", t["a"].throw))
    t.state("a")


def another_threads_suspended_greenlet_is_refused(t):
    def body():
        t.log(f"a got {t.show(t.main.switch())}")

    t.new("a", body)
    t["a"].switch()
    t.elsewhere(lambda: t.call("switch", lambda: t["a"].switch("not this")))
    t.state("a")
    t.call("switch", lambda: t["a"].switch("this"))


def another_threads_main_is_refused(t):
    t.elsewhere(lambda: t.call("switch", t.main.switch))


def another_threads_dead_greenlet_is_refused(t):
    t.new("a", lambda: None)
    t["a"].switch()
    t.elsewhere(lambda: t.call("switch", t["a"].switch))


def a_greenlet_of_an_ended_thread_is_refused(t):
    def body():
        t.new("a", lambda: None)
        t.new("b", greenlet.getcurrent().switch)
        t["b"].switch()

    t.elsewhere(body)
    t.call("switch", t["a"].switch)


def each_thread_has_a_main_greenlet(t):
    def body():
        own = greenlet.getcurrent()
        t.log(f"current {t.current()}, parent {t.show(own.parent)}, active {t.show(bool(own))}")
        t.new("a", lambda: t.log(f"its parent is that thread's main {t.show(greenlet.getcurrent().parent is own)}"))
        t["a"].switch()

    t.elsewhere(body)
    t.log(f"current {t.current()}")


def a_started_greenlet_stays_on_its_thread(t):
    def body():
        t.main.switch()

    t.new("a", body)
    t["a"].switch()

    def move():
        t["a"].parent = greenlet.getcurrent()

    t.elsewhere(lambda: t.call("move", move))
    t.state("a")


def a_greenlet_moves_before_its_start(t):
    t.new("a", lambda: "a ends")

    def move():
        t["a"].parent = greenlet.getcurrent()
        t.call("switch", t["a"].switch)

    t.elsewhere(move)
    t.log(f"dead {t.show(t['a'].dead)}")


def threads_do_not_disturb_each_other(t):
    def body(name):
        for number in range(2):
            t.log(f"{name} {number}")
            greenlet.getcurrent().parent.switch()

    t.new("here", body)
    t["here"].switch("here")

    def elsewhere():
        other = greenlet.greenlet(body)
        other.switch("there")
        other.switch()

    t.elsewhere(elsewhere)
    t["here"].switch()
    t.state("here")
