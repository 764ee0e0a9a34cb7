"""Exceptions thrown into greenlets, and those that leave them."""

from greenlet import GreenletExit

from journal import Failed


def _waiting(t, name="a"):
    def body():
        try:
            t.log(f"{name} got {t.show(t.main.switch('ready'))}")
        except BaseException as exception:
            t.log(f"{name} caught {t.show(exception)}")
            raise
        return f"{name} ends"

    return body


def an_exception_raises_in_the_parent(t):
    def body():
        raise Failed("body")

    t.new("a", body)
    t.call("switch", t["a"].switch)
    t.state("a")


def an_exception_passes_through_a_suspended_parent(t):
    def child():
        raise Failed("child")

    def parent():
        t.new("child", child)
        try:
            t["child"].switch()
        finally:
            t.log("parent cleans up")

    t.new("parent", parent)
    t.call("switch", t["parent"].switch)
    t.state("parent", "child")


def an_exception_ends_a_parent_that_has_not_started(t):
    def child():
        raise Failed("child")

    t.new("parent", lambda: t.log("never"))
    t.new("child", child, t["parent"])
    t.call("switch", t["child"].switch)
    t.state("parent", "child")


def an_exception_caught_by_the_parent(t):
    def child():
        raise Failed("child")

    def parent():
        t.new("child", child)
        t.call("child", t["child"].switch)
        return "parent ends"

    t.new("parent", parent)
    t.call("switch", t["parent"].switch)


def throw_into_a_suspended_one(t):
    t.new("a", _waiting(t))
    t.call("first", t["a"].switch)
    t.call("throw", lambda: t["a"].throw(Failed("thrown")))
    t.state("a")


def throw_that_is_caught(t):
    def body():
        while True:
            try:
                t.log(f"a got {t.show(t.main.switch('ready'))}")
            except Failed as failure:
                t.log(f"a caught {t.show(failure)}")

    t.new("a", body)
    t.call("first", t["a"].switch)
    t.call("throw", lambda: t["a"].throw(Failed("1")))
    t.call("switch", lambda: t["a"].switch(2))
    t.call("throw again", lambda: t["a"].throw(Failed("3")))
    t.state("a")


def throw_without_an_exception_means_exit(t):
    t.new("a", _waiting(t))
    t.call("first", t["a"].switch)
    t.call("throw", t["a"].throw)
    t.state("a")


def exit_with_a_message_is_returned_as_it_is(t):
    t.new("a", _waiting(t))
    t["a"].switch()
    exit = GreenletExit("enough")
    result = t["a"].throw(exit)
    t.log(f"{t.show(result)}, the same {t.show(result is exit)}")


def exit_raised_by_the_body_is_returned(t):
    def body():
        raise GreenletExit("my own")

    t.new("a", body)
    t.call("switch", t["a"].switch)


def exit_that_is_caught(t):
    def body():
        try:
            t.main.switch("ready")
        except GreenletExit:
            t.log("a stays")
        t.log(f"a got {t.show(t.main.switch('still here'))}")
        return "a ends"

    t.new("a", body)
    t.call("first", t["a"].switch)
    t.call("throw", t["a"].throw)
    t.state("a")
    t.call("switch", lambda: t["a"].switch(1))


def exit_that_is_replaced(t):
    def body():
        try:
            t.main.switch()
        except GreenletExit:
            raise Failed("instead")

    t.new("a", body)
    t["a"].switch()
    t.call("throw", t["a"].throw)


def exit_runs_finally_blocks(t):
    def body():
        try:
            try:
                t.main.switch()
            finally:
                t.log(f"inner finally {t.show(t.main.switch('not yet'))}")
        finally:
            t.log("outer finally")

    t.new("a", body)
    t["a"].switch()
    t.call("throw", t["a"].throw)
    t.state("a")
    t.call("switch", lambda: t["a"].switch("now"))
    t.state("a")


def exit_of_a_child_is_the_parents_value(t):
    def parent():
        t.new("child", _waiting(t, "child"))
        t.log(f"parent got {t.show(t['child'].switch())}")
        return "parent ends"

    t.new("parent", parent)
    t.call("first", t["parent"].switch)
    t.call("throw", t["child"].throw)
    t.state("parent", "child")


def throw_into_one_that_has_not_started(t):
    t.new("a", lambda: t.log("never"))
    t.call("throw", lambda: t["a"].throw(Failed("early")))
    t.state("a")
    t.call("switch", lambda: t["a"].switch(3))


def exit_into_one_that_has_not_started(t):
    t.new("a", lambda: t.log("never"))
    t.call("throw", t["a"].throw)
    t.state("a")


def throw_into_a_dead_one(t):
    t.new("a", lambda: None)
    t["a"].switch()
    t.call("throw", lambda: t["a"].throw(Failed("late")))
    t.call("exit", t["a"].throw)


def throw_into_a_dead_child_of_a_suspended_parent(t):
    def parent():
        t.new("child", lambda: None)
        t["child"].switch()
        try:
            t.log(f"parent got {t.show(t.main.switch())}")
            t.log(f"parent got {t.show(t.main.switch())}")
        except Failed as failure:
            return f"parent caught {t.show(failure)}"

    t.new("parent", parent)
    t["parent"].switch()
    t.call("exit", t["child"].throw)
    t.call("throw", lambda: t["child"].throw(Failed("late")))
    t.state("parent")


def throw_into_oneself(t):
    def body():
        t.call("a into a", lambda: t["a"].throw(Failed("self")))
        t.call("exit", t["a"].throw)
        t["a"].throw(GreenletExit("for good"))

    t.new("a", body)
    t.call("main into main", lambda: t.main.throw(Failed("main")))
    t.call("exit into main", t.main.throw)
    t.call("switch", t["a"].switch)
    t.state("a")


def throw_into_main(t):
    def body():
        t.log(f"a got {t.show(t.main.throw(Failed('for main')))}")
        t.main.throw(GreenletExit("also raised there"))

    t.new("a", body)
    t.call("first", t["a"].switch)
    t.call("second", lambda: t["a"].switch(1))
    t.state("a")


def throw_from_a_sibling(t):
    t.new("a", _waiting(t))
    t.new("b", lambda: t.log(f"b got {t.show(t['a'].throw(Failed('from b')))}"))
    t["a"].switch()
    t.call("switch", t["b"].switch)
    t.state("a", "b")
    t.call("again", lambda: t["b"].switch("still there"))


def an_exception_for_an_unstarted_child_reaches_its_suspended_parent(t):
    def parent():
        try:
            t.main.switch("ready to catch")
        except Failed as failure:
            return f"caught {t.show(failure)}"

    t.new("parent", parent)
    t.new("child", lambda: t.log("never"), t["parent"])
    t.call("first", t["parent"].switch)
    t.call("throw", lambda: t["child"].throw(Failed("for the child")))
    t.state("parent", "child")


def an_exception_for_a_suspended_child_reaches_its_parent(t):
    def parent():
        try:
            t.main.switch("ready to catch")
        except Failed as failure:
            return f"caught {t.show(failure)}"

    t.new("parent", parent)
    t.new("child", _waiting(t, "child"), t["parent"])
    t.call("parent", t["parent"].switch)
    t.call("child", t["child"].switch)
    t.call("throw", lambda: t["child"].throw(Failed("for the child")))
    t.state("parent", "child")


def a_child_made_to_throw_into_its_parent(t):
    def crash():
        raise Failed("crash")

    t.new("a", _waiting(t))
    t["a"].switch()
    t.new("crasher", crash, t["a"])
    t.call("switch", t["crasher"].switch)
    t.state("a", "crasher")


def the_same_exception_object_arrives(t):
    failure = Failed("one")

    def body():
        try:
            t.main.switch()
        except Failed as caught:
            t.log(f"the same {t.show(caught is failure)}")
            raise

    t.new("a", body)
    t["a"].switch()
    try:
        t["a"].throw(failure)
    except Failed as caught:
        t.log(f"the same {t.show(caught is failure)}")
