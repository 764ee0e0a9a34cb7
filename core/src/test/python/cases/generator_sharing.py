"""`yield from` what has ended, runs, is shared or is no generator."""

from cases.generator_delegation import _outer, _sub
from tracing import Failed


def delegation_to_an_ended_one(t):
    sub = _sub(t)
    t.steps("sub", sub, "next next next next")
    t.steps("g", _outer(t, sub), "next next")


def delegation_to_a_closed_one(t):
    sub = _sub(t)
    t.steps("sub", sub, "close")
    t.steps("g", _outer(t, sub), "next next")


def delegation_to_one_that_failed(t):
    sub = _sub(t)
    t.steps("sub", sub, "next throw:boom")
    t.steps("g", _outer(t, sub), "next next")


def delegation_to_a_half_consumed_one(t):
    sub = _sub(t)
    t.steps("sub", sub, "next send:x")
    t.steps("g", _outer(t, sub), "next send:y")


def delegation_to_one_without_a_yield(t):
    def sub():
        return "at once"
        yield

    t.steps("g", _outer(t, sub()), "next next")


def delegation_to_one_that_fails_before_its_first_yield(t):
    def sub():
        raise Failed("boom")
        yield

    t.steps("g", _outer(t, sub()), "next state")


def delegation_to_itself_is_refused(t):
    def body():
        yield 1
        yield from g

    g = body()
    t.steps("g", g, "next next state")


def delegation_to_itself_may_be_caught(t):
    def body():
        try:
            yield from g
        except ValueError as refusal:
            t.log(f"caught {t.shown(refusal)}")
        yield 1

    g = body()
    t.steps("g", g, "next next")


def _ring(t, names, catches):
    generators = {}

    def body(name):
        following = names[(names.index(name) + 1) % len(names)]
        try:
            yield f"{name} begins"
            result = yield from generators[following]
            t.log(f"{name} has {t.shown(result)}")
        except ValueError as refusal:
            t.log(f"{name} met {t.shown(refusal)}")
            if name not in catches:
                raise
        return f"{name} result"

    for name in names:
        generators[name] = body(name)
    return generators


def delegation_in_a_circle_of_two(t):
    ring = _ring(t, "ab", "")
    t.steps("a", ring["a"], "next next next state")
    t.steps("b", ring["b"], "state next")


def delegation_in_a_circle_of_two_where_the_second_catches(t):
    ring = _ring(t, "ab", "b")
    t.steps("a", ring["a"], "next next next state")


def delegation_in_a_circle_of_three(t):
    ring = _ring(t, "abc", "")
    t.steps("b", ring["b"], "next")
    t.steps("a", ring["a"], "next next next next")
    for name in "abc":
        t.steps(name, ring[name], "state")


def delegation_in_a_circle_of_three_where_the_last_catches(t):
    ring = _ring(t, "abc", "c")
    t.steps("a", ring["a"], "next next next next state")
    t.steps("b", ring["b"], "state")


def delegation_two_share_a_delegate(t):
    sub = _sub(t)
    a, b = _outer(t, sub, "a"), _outer(t, sub, "b")
    t.steps("a", a, "next")
    t.steps("b", b, "send:none")
    t.steps("a", a, "send:x next")
    t.steps("b", b, "next state")
    t.steps("a", a, "state next")


def delegation_shared_delegate_is_closed_with_one(t):
    sub = _sub(t)
    a, b = _outer(t, sub, "a"), _outer(t, sub, "b")
    t.steps("a", a, "next")
    t.steps("b", b, "next")
    t.steps("a", a, "close")
    t.steps("b", b, "send:x next")


def delegation_shared_delegate_fails_for_one(t):
    sub = _sub(t)
    a, b = _outer(t, sub, "a"), _outer(t, sub, "b")
    t.steps("a", a, "next")
    t.steps("b", b, "next throw:boom")
    t.steps("a", a, "throw:bang")


def delegation_shared_delegate_calls_the_other(t):
    def sub():
        yield 1
        t.steps("inside", b, "state next state")
        yield 2

    shared = sub()
    a, b = _outer(t, shared, "a"), _outer(t, shared, "b")
    t.steps("a", a, "next")
    t.steps("b", b, "next")
    t.steps("a", a, "next next")


def delegation_delegate_advanced_from_outside(t):
    sub = _sub(t)
    g = _outer(t, sub)
    t.steps("g", g, "next")
    t.steps("sub", sub, "next send:x")
    t.steps("g", g, "send:y next")


def delegation_delegate_ended_from_outside(t):
    sub = _sub(t)
    g = _outer(t, sub)
    t.steps("g", g, "next")
    t.steps("sub", sub, "next next next")
    t.steps("g", g, "send:y next")


def delegation_delegate_closed_from_outside(t):
    sub = _sub(t)
    g = _outer(t, sub)
    t.steps("g", g, "next")
    t.steps("sub", sub, "close")
    t.steps("g", g, "state send:x next")


def delegation_delegate_closed_from_outside_then_thrown_into(t):
    sub = _sub(t)
    g = _outer(t, sub)
    t.steps("g", g, "next")
    t.steps("sub", sub, "close")
    t.steps("g", g, "throw:boom state")


def delegation_delegate_closed_from_outside_then_stopped(t):
    sub = _sub(t)
    g = _outer(t, sub)
    t.steps("g", g, "next")
    t.steps("sub", sub, "close")
    t.steps("g", g, "throw:stop next")


def delegation_delegate_thrown_into_from_outside(t):
    sub = _sub(t)
    g = _outer(t, sub)
    t.steps("g", g, "next")
    t.steps("sub", sub, "throw:boom")
    t.steps("g", g, "next next")


def delegation_middle_advanced_directly(t):
    sub = _sub(t)
    middle = _outer(t, sub, "middle")
    top = _outer(t, middle, "top")
    t.steps("top", top, "next")
    t.steps("middle", middle, "send:x state")
    t.steps("top", top, "send:y")
    t.steps("middle", middle, "next next")
    t.steps("top", top, "next next")


def delegation_middle_closed_directly(t):
    sub = _sub(t)
    middle = _outer(t, sub, "middle")
    top = _outer(t, middle, "top")
    t.steps("top", top, "next")
    t.steps("middle", middle, "close")
    t.steps("sub", sub, "state")
    t.steps("top", top, "state next")


def delegation_states(t):
    def sub():
        t.steps("sub inside", inner, "state")
        t.steps("outer inside", g, "state")
        yield 1

    inner = sub()
    g = _outer(t, inner)
    t.steps("g", g, "state next state")
    t.steps("sub", inner, "state")
    t.steps("g", g, "next state")
    t.steps("sub", inner, "state")
    t.steps("g", g, "next state")


def delegation_delegator_advanced_from_inside_is_refused(t):
    def sub():
        t.steps("inside", g, "next send:x throw:boom throw:exit close state")
        yield 1

    g = _outer(t, sub())
    t.steps("g", g, "next next")


def delegation_middle_advanced_from_inside_is_refused(t):
    def sub():
        t.steps("inside", middle, "next send:x throw:boom throw:exit close state")
        yield 1

    middle = _outer(t, sub(), "middle")
    top = _outer(t, middle, "top")
    t.steps("top", top, "next next")


def delegation_state_while_the_delegate_is_being_closed(t):
    def sub():
        try:
            yield 1
        finally:
            t.steps("outer", g, "state next close")

    g = _outer(t, sub())
    t.steps("g", g, "next close state")


def delegation_to_the_one_that_runs_us(t):
    def inner():
        try:
            yield from g
        except ValueError as refusal:
            t.log(f"inner met {t.shown(refusal)}")
        yield "inner goes on"

    def body():
        yield next(inner())

    g = body()
    t.steps("g", g, "next next")


def delegation_to_a_list(t):
    t.steps("g", _outer(t, [1, 2]), "next next next next")


def delegation_to_an_empty_list(t):
    t.steps("g", _outer(t, []), "next next")


def delegation_to_a_list_cannot_be_sent_to(t):
    t.steps("g", _outer(t, [1, 2]), "next send:none send:x state")


def delegation_to_a_list_send_may_be_caught(t):
    def outer():
        try:
            yield from [1, 2]
        except AttributeError as refusal:
            t.log(f"outer met {t.shown(refusal)}")
        yield "late"

    t.steps("g", outer(), "next send:x next")


def delegation_to_a_list_throw(t):
    t.steps("g", _outer(t, [1, 2]), "next throw:boom state")


def delegation_to_a_list_close(t):
    t.steps("g", _outer(t, [1, 2]), "next close state")


def delegation_to_a_list_stop_thrown_in_ends_it(t):
    t.steps("g", _outer(t, [1, 2]), "next throw:end next")


class _Items:
    def __init__(self, t, fails_at=9, close_fails=False):
        self.t = t
        self.number = 0
        self.fails_at = fails_at
        self.close_fails = close_fails

    def __iter__(self):
        return self

    def __next__(self):
        self.number += 1
        if self.number == self.fails_at:
            raise Failed("no more")
        return self.number

    def close(self):
        self.t.log("items closed")
        if self.close_fails:
            raise Failed("close")


def delegation_to_a_closable_iterator(t):
    t.steps("g", _outer(t, _Items(t)), "next next close state")


def delegation_to_a_closable_iterator_exit_thrown_in(t):
    t.steps("g", _outer(t, _Items(t)), "next throw:exit state")


def delegation_to_a_closable_iterator_whose_close_fails(t):
    t.steps("g", _outer(t, _Items(t, close_fails=True)), "next close state")


def delegation_to_a_closable_iterator_throw_does_not_close_it(t):
    t.steps("g", _outer(t, _Items(t)), "next throw:boom state")


def delegation_to_a_failing_iterator(t):
    t.steps("g", _outer(t, _Items(t, fails_at=2)), "next next state")
