"""Exceptions in one generator: thrown in, coming out, and the exit of close."""

import itertools

from cases.generators import _counter, _guarded
from tracing import Failed


def generator_throw_that_is_not_caught(t):
    t.steps("g", _guarded(t), "next throw:boom state next throw:bang")


def generator_throw_that_is_caught(t):
    def body():
        try:
            yield 1
        except Failed as failure:
            t.log(f"caught {t.shown(failure)}")
        got = yield 2
        t.log(f"got {t.shown(got)}")

    t.steps("g", body(), "next throw:boom state send:x")


def generator_throw_that_makes_the_body_return(t):
    def body():
        try:
            yield 1
        except Failed:
            return "rescued"

    t.steps("g", body(), "next throw:boom next")


def generator_throw_that_is_replaced(t):
    def body():
        try:
            yield 1
        except Failed as failure:
            raise Failed("replaced") from failure

    t.steps("g", body(), "next throw:boom state")


def generator_throw_into_one_that_never_began(t):
    t.steps("g", _guarded(t), "throw:boom state next")


def generator_throw_into_an_ended_one(t):
    t.steps("g", _counter(t), "next next next throw:boom throw:bang next")


def generator_throw_twice(t):
    def body():
        for number in itertools.count():
            try:
                yield number
            except Failed as failure:
                t.log(f"caught {t.shown(failure)}")

    t.steps("g", body(), "next throw:boom throw:bang next throw:boom")


def generator_throw_keeps_the_object(t):
    caught = []

    def body():
        try:
            yield 1
        except Failed as failure:
            caught.append(failure)
            raise

    g = body()
    next(g)
    thrown = Failed("boom")
    try:
        g.throw(thrown)
    except Failed as failure:
        t.log(f"inside {t.shown(caught[0] is thrown)}, outside {t.shown(failure is thrown)}")


def generator_close_of_one_that_never_began(t):
    t.steps("g", _guarded(t), "close state next close")


def generator_close_runs_finally(t):
    t.steps("g", _guarded(t), "next close state next")


def generator_close_of_an_ended_one(t):
    t.steps("g", _counter(t), "next next next close state")


def generator_close_twice(t):
    t.steps("g", _guarded(t), "next close close")


def generator_close_after_a_failure(t):
    t.steps("g", _guarded(t), "next throw:boom close state")


def generator_close_that_the_body_answers_by_returning(t):
    def body():
        try:
            yield 1
        except GeneratorExit:
            t.log("exit")
            return "result"

    t.steps("g", body(), "next close state next")


def generator_close_that_the_body_answers_by_the_end(t):
    def body():
        try:
            yield 1
        except GeneratorExit as exit:
            t.log(f"caught {t.shown(exit)}")

    t.steps("g", body(), "next close state")


def generator_close_that_the_body_answers_by_another_exit(t):
    def body():
        try:
            yield 1
        except GeneratorExit:
            raise GeneratorExit

    t.steps("g", body(), "next close state")


def generator_close_that_the_body_answers_by_a_stop(t):
    def body():
        try:
            yield 1
        except GeneratorExit:
            raise StopIteration

    t.steps("g", body(), "next close state")


def generator_close_that_the_body_answers_by_a_failure(t):
    def body():
        try:
            yield 1
        except GeneratorExit:
            raise Failed("in cleanup")

    t.steps("g", body(), "next close state close")


def generator_close_that_the_body_ignores(t):
    def body():
        try:
            yield 1
        except GeneratorExit:
            t.log("ignored")
        got = yield 2
        t.log(f"got {t.shown(got)}")
        yield 3

    t.steps("g", body(), "next close state send:x close state")


def generator_close_while_finally_yields(t):
    def body():
        try:
            yield 1
        finally:
            t.log("finally")
            yield "from finally"
            t.log("after")

    t.steps("g", body(), "next close state close state")


def generator_close_again_while_finally_stands_still(t):
    def body():
        try:
            try:
                yield 1
            finally:
                t.log("inner")
                yield 2
        finally:
            t.log("outer")

    t.steps("g", body(), "next throw:boom close state")


def generator_exit_thrown_in_comes_back(t):
    t.steps("g", _guarded(t), "next throw:exit state next")


def generator_exit_thrown_into_one_that_never_began(t):
    t.steps("g", _guarded(t), "throw:exit state next")


def generator_exit_thrown_in_and_ignored(t):
    def body():
        try:
            yield 1
        except GeneratorExit:
            yield "still here"

    t.steps("g", body(), "next throw:exit state next")


def generator_exit_raised_by_the_body(t):
    def body():
        yield 1
        raise GeneratorExit

    t.steps("g", body(), "next next state next")


def generator_stop_raised_by_the_body_is_refused(t):
    def body():
        yield 1
        raise StopIteration("too clever")

    g = body()
    next(g)
    try:
        next(g)
    except RuntimeError as refusal:
        t.log(f"refused because {t.shown(refusal.__cause__)}")
    t.steps("g", g, "state next")


def generator_stop_escaping_from_another_generator(t):
    def body():
        empty = iter(())
        yield 1
        yield next(empty)

    t.steps("g", body(), "next next next")


def generator_stop_thrown_in_is_refused(t):
    t.steps("g", _guarded(t), "next throw:stop state next")


def generator_stop_thrown_in_and_caught(t):
    def body():
        try:
            yield 1
        except StopIteration as end:
            t.log(f"caught {t.shown(end)}")
        yield 2

    t.steps("g", body(), "next throw:stop next")


def generator_stop_thrown_into_one_that_never_began(t):
    t.steps("g", _guarded(t), "throw:stop state next")


def generator_stop_thrown_into_an_ended_one(t):
    t.steps("g", _guarded(t), "close throw:stop next")


def generator_failure_ends_it(t):
    def body():
        yield 1
        raise Failed("boom")

    t.steps("g", body(), "next next state next close")


def generator_failure_before_the_first_yield(t):
    def body():
        raise Failed("boom")
        yield

    t.steps("g", body(), "next state next")


def generator_nested_finally_blocks_in_order(t):
    def body():
        try:
            try:
                try:
                    yield 1
                finally:
                    t.log("inner")
            finally:
                t.log("middle")
        finally:
            t.log("outer")

    t.steps("closed", body(), "next close")
    t.steps("failed", body(), "next throw:boom")
    t.steps("ended", body(), "next next")


def generator_failure_in_finally_replaces(t):
    def body():
        try:
            yield 1
        finally:
            raise Failed("in finally")

    t.steps("closed", body(), "next close state")
    t.steps("failed", body(), "next throw:boom state")


def generator_yields_inside_finally(t):
    def body():
        try:
            yield 1
        finally:
            got = yield 2
            t.log(f"got {t.shown(got)}")

    t.steps("ended", body(), "next next send:x")
    t.steps("failed", body(), "next throw:boom send:x state")


def generator_yields_inside_a_handler_and_fails_on(t):
    def body():
        try:
            yield 1
        except Failed:
            yield 2
            raise

    t.steps("g", body(), "next throw:boom next state")


def generator_handler_gets_another_exception(t):
    def body():
        try:
            yield 1
        except Failed:
            try:
                yield 2
            except Failed as failure:
                t.log(f"second {t.shown(failure)}")
                yield 3

    t.steps("g", body(), "next throw:boom throw:bang next")


def generator_return_in_finally_swallows(t):
    def body():
        try:
            yield 1
        finally:
            return "swallowed"

    t.steps("g", body(), "next throw:boom")
    t.steps("h", body(), "next close next")


class _Resource:
    def __init__(self, t, name):
        self.t = t
        self.name = name

    def __enter__(self):
        self.t.log(f"open {self.name}")
        return self

    def __exit__(self, *_):
        self.t.log(f"close {self.name}")


def generator_yields_inside_with(t):
    def body():
        with _Resource(t, "a"), _Resource(t, "b"):
            yield 1
        yield 2

    t.steps("ended", body(), "next next next")
    t.steps("closed", body(), "next close")
    t.steps("failed", body(), "next throw:boom")


def generator_sends_and_throws_in_turn(t):
    def body():
        answer = "begin"
        while True:
            try:
                answer = yield answer
            except Failed as failure:
                answer = f"failure {failure}"

    t.steps("g", body(), "next send:a throw:boom send:b throw:bang next close")
