"""Tracers."""

import greenlet

from journal import Failed


def _failing_tracer(t):
    def trace(event, arguments):
        t.trace(event, arguments)
        raise Failed("tracer")

    return trace


def switches_are_traced(t):
    def body():
        t.log("a runs")
        t.main.switch()

    t.new("a", body)
    greenlet.settrace(t.trace)
    t.call("first", t["a"].switch)
    t.call("second", t["a"].switch)


def switches_between_siblings_are_traced(t):
    def ping():
        for _ in range(2):
            t["pong"].switch()

    def pong():
        while True:
            t["ping"].switch()

    t.new("ping", ping)
    t.new("pong", pong)
    greenlet.settrace(t.trace)
    t.call("switch", t["ping"].switch)


def throws_are_traced(t):
    def body():
        try:
            t.main.switch()
        except Failed:
            raise Failed("out")

    t.new("a", body)
    greenlet.settrace(t.trace)
    t["a"].switch()
    t.call("throw", lambda: t["a"].throw(Failed("in")))


def an_exit_is_traced_as_a_switch_to_the_parent(t):
    t.new("a", lambda: t.main.switch())
    greenlet.settrace(t.trace)
    t["a"].switch()
    t.call("throw", t["a"].throw)


def a_throw_into_an_unstarted_one_is_traced(t):
    t.new("a", lambda: t.log("never"))
    t.new("b", lambda: t.log("never"))
    greenlet.settrace(t.trace)
    t.call("throw", lambda: t["a"].throw(Failed("early")))
    t.call("exit", t["b"].throw)


def a_switch_to_oneself_is_traced(t):
    greenlet.settrace(t.trace)
    t.call("switch", lambda: t.main.switch(1))
    t.call("throw", lambda: t.main.throw(Failed("self")))


def a_switch_to_a_dead_one_is_traced(t):
    t.new("a", lambda: None)
    t["a"].switch()
    greenlet.settrace(t.trace)
    t.call("switch", lambda: t["a"].switch(1))
    t.call("exit", t["a"].throw)
    t.call("throw", lambda: t["a"].throw(Failed("late")))


def an_exception_through_unstarted_parents_is_traced(t):
    def child():
        raise Failed("child")

    t.new("parent", lambda: t.log("never"))
    t.new("child", child, t["parent"])
    greenlet.settrace(t.trace)
    t.call("switch", t["child"].switch)


def setting_a_tracer_returns_the_one_before(t):
    def other(event, arguments):
        pass

    t.log(f"nobody {t.show(greenlet.gettrace() is None)}")
    t.log(f"before {t.show(greenlet.settrace(other) is None)}")
    t.log(f"other {t.show(greenlet.gettrace() is other)}")
    t.log(f"before {t.show(greenlet.settrace(None) is other)}")
    t.log(f"nobody {t.show(greenlet.gettrace() is None)}")


def a_tracer_of_another_thread_is_not_called(t):
    greenlet.settrace(t.trace)

    def body():
        t.log(f"nobody {t.show(greenlet.gettrace() is None)}")
        greenlet.greenlet(lambda: t.log("runs")).switch()

    t.elsewhere(body)
    t.log(f"somebody {t.show(greenlet.gettrace() is not None)}")


def a_failing_tracer_fails_the_start(t):
    t.new("a", lambda: t.log("never"))
    greenlet.settrace(_failing_tracer(t))
    t.call("switch", t["a"].switch)
    t.state("a")
    t.log(f"nobody {t.show(greenlet.gettrace() is None)}")


def a_failing_tracer_throws_into_a_suspended_target(t):
    def body():
        t.call("a", t.main.switch)
        return "a ends"

    t.new("a", body)
    t["a"].switch()
    greenlet.settrace(_failing_tracer(t))
    t.call("switch", t["a"].switch)
    t.log(f"nobody {t.show(greenlet.gettrace() is None)}")


def a_failing_tracer_throws_into_main(t):
    def body():
        greenlet.settrace(_failing_tracer(t))
        t.main.switch("lost")

    t.new("a", body)
    t.call("switch", t["a"].switch)
    t.state("a")


def a_failing_tracer_replaces_what_is_thrown(t):
    def body():
        t.call("a", t.main.switch)

    t.new("a", body)
    t["a"].switch()
    greenlet.settrace(_failing_tracer(t))
    t.call("throw", lambda: t["a"].throw(Failed("lost")))


def a_tracer_set_in_between_sees_the_next_switch(t):
    def body():
        greenlet.settrace(t.trace)
        t.main.switch()
        greenlet.settrace(None)
        t.main.switch()

    t.new("a", body)
    t["a"].switch()
    t["a"].switch()
    t["a"].switch()
    t.state("a")
