"""Greenlets that have ended, and where values go then."""


def states_before_during_and_after(t):
    def body():
        t.state("a")
        t.main.switch()

    t.new("a", body)
    t.state("a", "main")
    t["a"].switch()
    t.state("a")
    t["a"].switch()
    t.state("a", "main")


def the_result_goes_to_the_parent(t):
    t.new("a", lambda: 42)
    t.call("switch", t["a"].switch)


def a_dead_target_returns_the_value_at_once(t):
    t.new("a", lambda: None)
    t["a"].switch()
    t.call("switch", lambda: t["a"].switch(7))
    t.call("without a value", t["a"].switch)


def a_dead_target_leads_to_its_nearest_live_parent(t):
    def parent():
        t.new("child", lambda: "child ends")
        t.log(f"parent got {t.show(t['child'].switch())}")
        t.log(f"parent got {t.show(t.main.switch('waiting'))}")
        return "parent ends"

    t.new("parent", parent)
    t.call("first", t["parent"].switch)
    t.call("to the dead child", lambda: t["child"].switch("for the child"))
    t.state("parent", "child")


def a_chain_of_the_dead_leads_to_main(t):
    def nested(depth):
        if depth:
            t.new(str(depth), nested).switch(depth - 1)

    t.new("top", nested)
    t["top"].switch(3)
    t.state("1", "2", "3", "top")
    t.call("switch", lambda: t["1"].switch("up"))


def a_dead_target_ends_the_switch_of_main(t):
    t.new("dead", lambda: None)
    t["dead"].switch()

    def body():
        t.log(f"a got {t.show(t['dead'].switch('from a'))}")

    t.new("a", body)
    t.call("switch", t["a"].switch)
    t.state("a")
    t.call("again", lambda: t["a"].switch("back"))


def a_dead_child_gives_its_parent_the_value_back(t):
    def parent():
        t.new("child", lambda: None)
        t["child"].switch()
        t.call("to the dead child", lambda: t["child"].switch(1))

    t.new("parent", parent)
    t.call("switch", t["parent"].switch)


def a_dead_target_starts_its_parent(t):
    t.new("parent", lambda first: f"parent got {t.show(first)}")
    t.new("child", lambda: None)
    t["child"].switch()
    t["child"].parent = t["parent"]
    t.call("switch", lambda: t["child"].switch(8))
    t.state("parent", "child")


def a_result_starts_a_parent_that_has_not_started(t):
    t.new("parent", lambda first: f"parent got {t.show(first)}")
    t.new("child", lambda: "result", t["parent"])
    t.state("parent", "child")
    t.call("switch", t["child"].switch)
    t.state("parent", "child")


def results_climb_a_ladder_of_unstarted_parents(t):
    t.new("top", lambda first: first + 1)
    t.new("middle", lambda first: first * 10, t["top"])
    t.new("bottom", lambda: 4, t["middle"])
    t.call("switch", t["bottom"].switch)
    t.state("top", "middle", "bottom")


def a_dead_greenlet_can_get_another_parent(t):
    def receiver():
        t.log(f"receiver got {t.show(t.main.switch())}")
        return "receiver ends"

    t.new("receiver", receiver)
    t["receiver"].switch()
    t.new("dead", lambda: None)
    t["dead"].switch()
    t["dead"].parent = t["receiver"]
    t.call("switch", lambda: t["dead"].switch("detour"))
    t.state("dead", "receiver")
