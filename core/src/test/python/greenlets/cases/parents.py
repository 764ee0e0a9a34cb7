"""Who is whose parent, and what may be set."""

from journal import Failed


def the_default_parent_is_the_creator(t):
    def body():
        t.new("b", lambda: t.new("c", lambda: None))
        t["b"].switch()

    t.new("a", body)
    t["a"].switch()
    t.state("a", "b", "c")


def main_is_current_and_has_no_parent(t):
    t.state("main")
    t.log(f"current {t.current()}")


def current_while_greenlets_run(t):
    def body():
        t.log(f"current {t.current()}")
        t.main.switch()
        t.log(f"current {t.current()}")

    t.new("a", body)
    t["a"].switch()
    t.log(f"current {t.current()}")
    t["a"].switch()
    t.log(f"current {t.current()}")


def another_parent_receives_the_result(t):
    def receiver():
        t.log(f"receiver got {t.show(t.main.switch())}")
        return "receiver ends"

    t.new("receiver", receiver)
    t["receiver"].switch()
    t.new("a", lambda: "a ends")
    t["a"].parent = t["receiver"]
    t.call("switch", t["a"].switch)


def another_parent_for_a_suspended_one(t):
    def receiver():
        t.call("receiver", t.main.switch)
        return "receiver ends"

    def body():
        t.main.switch()
        raise Failed("a")

    t.new("receiver", receiver)
    t["receiver"].switch()
    t.new("a", body)
    t["a"].switch()
    t["a"].parent = t["receiver"]
    t.state("a")
    t.call("switch", t["a"].switch)


def a_body_changes_its_own_parent(t):
    def body():
        t["a"].parent = t["receiver"]
        return "a ends"

    t.new("receiver", lambda first: f"receiver got {t.show(first)}")
    t.new("a", body)
    t.call("switch", t["a"].switch)


def _set_parent(t, child, parent):
    def act():
        t[child].parent = t[parent] if parent else None

    t.call(f"{parent or 'nobody'} as the parent of {child}", act)


def nobody_is_an_ancestor_of_oneself(t):
    for name in ("a", "b", "c"):
        t.new(name, lambda: None)
    _set_parent(t, "a", "a")
    _set_parent(t, "b", "a")
    _set_parent(t, "a", "b")
    _set_parent(t, "c", "b")
    _set_parent(t, "a", "c")
    t.state("a", "b", "c")


def main_keeps_having_no_parent(t):
    t.new("a", lambda: None)
    _set_parent(t, "main", "a")
    t.state("main")


def a_parent_must_be_a_greenlet(t):
    t.new("a", lambda: None)
    _set_parent(t, "a", None)
    t.state("a")
