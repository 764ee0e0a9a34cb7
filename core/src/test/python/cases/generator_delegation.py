"""`yield from` a generator: what passes through."""

from tracing import Failed


def _sub(t, name="sub"):
    """Logs whatever comes in."""
    got = None
    try:
        for number in range(3):
            got = yield f"{name} {number}"
            t.log(f"{name} got {t.shown(got)}")
    except BaseException as exception:
        t.log(f"{name} met {t.shown(exception)}")
        raise
    return f"{name} result"


def _outer(t, sub, name="outer"):
    try:
        result = yield from sub
        t.log(f"{name} has {t.shown(result)}")
    except BaseException as exception:
        t.log(f"{name} met {t.shown(exception)}")
        raise
    got = yield f"{name} last"
    t.log(f"{name} got {t.shown(got)}")


def _chain(t, depth):
    """Level 1 is the innermost but one."""
    g = _sub(t)
    for level in range(1, depth + 1):
        g = _outer(t, g, f"level {level}")
    return g


def delegation_values_and_result_pass(t):
    t.steps("g", _outer(t, _sub(t)), "next next next next next")


def delegation_sends_pass(t):
    t.steps("g", _outer(t, _sub(t)), "next send:a send:b send:c send:d")


def delegation_none_is_sent_as_next(t):
    t.steps("g", _outer(t, _sub(t)), "send:none send:none send:a")


def delegation_send_to_a_just_started_one_is_refused(t):
    sub = _sub(t)
    t.steps("g", _outer(t, sub), "send:a state")
    t.steps("sub", sub, "state")


def delegation_throw_reaches_the_delegate_first(t):
    t.steps("g", _outer(t, _sub(t)), "next throw:boom state next")


def delegation_throw_caught_by_the_delegate(t):
    def sub():
        try:
            yield 1
        except Failed as failure:
            t.log(f"sub caught {t.shown(failure)}")
            yield 2
        return "calm"

    t.steps("g", _outer(t, sub()), "next throw:boom next next")


def delegation_throw_that_makes_the_delegate_return(t):
    def sub():
        try:
            yield 1
        except Failed:
            return "rescued"

    t.steps("g", _outer(t, sub()), "next throw:boom next")


def delegation_throw_replaced_by_the_delegate(t):
    def sub():
        try:
            yield 1
        except Failed:
            raise Failed("replaced")

    t.steps("g", _outer(t, sub()), "next throw:boom state")


def delegation_throw_caught_by_the_delegator(t):
    def outer():
        while True:
            try:
                yield from _sub(t)
            except Failed as failure:
                t.log(f"outer caught {t.shown(failure)}")

    t.steps("g", outer(), "next next throw:boom next throw:bang close")


def delegation_close_goes_inside_out(t):
    t.steps("g", _outer(t, _sub(t)), "next close state")


def delegation_close_when_the_delegate_fails(t):
    def sub():
        try:
            yield 1
        finally:
            raise Failed("in cleanup")

    t.steps("g", _outer(t, sub()), "next close state")


def delegation_close_when_the_delegate_ignores_it(t):
    def sub():
        for number in (1, 2, 3):
            try:
                yield number
            except GeneratorExit:
                t.log("sub ignores")

    inner = sub()
    t.steps("g", _outer(t, inner), "next close state next")
    t.steps("sub", inner, "state next")


def delegation_close_when_the_delegate_returns(t):
    def sub():
        try:
            yield 1
        except GeneratorExit:
            return "sub result"

    t.steps("g", _outer(t, sub()), "next close state")


def delegation_close_when_the_delegator_returns(t):
    def outer():
        try:
            yield from _sub(t)
        except GeneratorExit:
            t.log("outer returns")
            return "outer result"

    t.steps("g", outer(), "next close state next")


def delegation_close_when_the_delegator_goes_on(t):
    def outer():
        try:
            yield from _sub(t)
        except GeneratorExit:
            t.log("outer goes on")
            yield from _sub(t, "second")

    t.steps("g", outer(), "next close next throw:boom state")


def delegation_close_of_one_that_never_began(t):
    sub = _sub(t)
    t.steps("g", _outer(t, sub), "close state")
    t.steps("sub", sub, "state next")


def delegation_throw_into_one_that_never_began(t):
    sub = _sub(t)
    t.steps("g", _outer(t, sub), "throw:boom state")
    t.steps("sub", sub, "state next")


def delegation_exit_thrown_in_closes_the_delegate(t):
    sub = _sub(t)
    t.steps("g", _outer(t, sub), "next throw:exit state")
    t.steps("sub", sub, "state")


def delegation_exit_thrown_in_that_the_delegate_ignores(t):
    def sub():
        try:
            yield 1
        except GeneratorExit:
            yield 2

    t.steps("g", _outer(t, sub()), "next throw:exit state")


def delegation_exit_thrown_in_that_the_delegator_catches(t):
    def outer():
        try:
            yield from _sub(t)
        except GeneratorExit:
            t.log("outer goes on")
        yield "late"

    t.steps("g", outer(), "next throw:exit next")


def delegation_exit_raised_by_the_delegate(t):
    def sub():
        yield 1
        raise GeneratorExit

    t.steps("g", _outer(t, sub()), "next next state")


def delegation_stop_thrown_in(t):
    t.steps("g", _outer(t, _sub(t)), "next throw:stop state")


def delegation_stop_raised_by_the_delegate(t):
    def sub():
        yield 1
        raise StopIteration("escaped")

    t.steps("g", _outer(t, sub()), "next next state")


def delegation_three_levels(t):
    t.steps("g", _chain(t, 2), "next send:a send:b send:c send:d send:e next")


def delegation_ten_levels_of_sends(t):
    t.steps("g", _chain(t, 9), "next send:a send:b send:c send:d")


def delegation_ten_levels_closed(t):
    t.steps("g", _chain(t, 9), "next next close state")


def delegation_ten_levels_thrown_into(t):
    t.steps("g", _chain(t, 9), "next next throw:boom state")


def delegation_ten_levels_exit_thrown_in(t):
    t.steps("g", _chain(t, 9), "next throw:exit state")


def delegation_a_level_in_the_middle_catches(t):
    def catching(sub):
        try:
            yield from sub
        except Failed as failure:
            t.log(f"middle caught {t.shown(failure)}")
            yield "middle goes on"
        return "middle result"

    g = catching(_chain(t, 3))
    for level in range(5, 8):
        g = _outer(t, g, f"level {level}")
    t.steps("g", g, "next throw:boom next next")


def delegation_each_level_replaces_the_failure(t):
    def level(number):
        try:
            if number == 0:
                yield 0
            else:
                yield from level(number - 1)
        except Failed as failure:
            raise Failed(f"{failure}{number}")

    t.steps("g", level(7), "next throw:boom state")


def delegation_each_level_adds_to_the_result(t):
    def level(number):
        if number == 0:
            return (yield "bottom")
        return f"{(yield from level(number - 1))}{number}"

    t.steps("g", level(8), "next send:x next")


def delegation_inside_try_and_with(t):
    def outer():
        try:
            yield from _sub(t)
        finally:
            t.log("cleanup begins")
            yield from _sub(t, "cleanup")
            t.log("cleanup ends")

    t.steps("g", outer(), "next throw:boom next next next state")


def delegation_cleanup_that_yields_while_closing(t):
    def outer():
        try:
            yield from _sub(t)
        finally:
            yield from _sub(t, "cleanup")

    t.steps("g", outer(), "next close state close state")


def delegation_one_after_another(t):
    def outer():
        first = yield from _sub(t, "first")
        second = yield from _sub(t, "second")
        return f"{first}, {second}"

    t.steps("g", outer(), "next next next next next next next")


def delegation_grouping_totals(t):
    def total():
        sum = 0
        while True:
            value = yield sum
            if value is None:
                return sum
            sum += len(value)

    def totals(results):
        while True:
            results.append((yield from total()))

    results = []
    t.steps("g", totals(results), "next send:a send:bb next send:ccc send:d next close")
    t.log(t.shown(results))


def _tree(low, high):
    if low > high:
        return None
    middle = (low + high) // 2
    return (_tree(low, middle - 1), middle, _tree(middle + 1, high))


def delegation_walks_a_tree(t):
    def walk(tree):
        if tree:
            yield from walk(tree[0])
            yield tree[1]
            yield from walk(tree[2])

    t.log(t.shown(list(walk(_tree(1, 31)))))


def delegation_walks_a_tree_up_to_a_failure(t):
    def walk(tree):
        if tree:
            yield from walk(tree[0])
            if tree[1] == 6:
                raise Failed("six")
            yield tree[1]
            yield from walk(tree[2])

    t.steps("g", walk(_tree(1, 9)), "next next next next next next state")


def delegation_flattens(t):
    def flatten(items):
        for item in items:
            if isinstance(item, list):
                yield from flatten(item)
            else:
                yield item

    t.log(t.shown(list(flatten([1, [2, [3, []], 4], [[[5]]], 6]))))


def delegation_counts_down(t):
    def down(number):
        if number:
            yield number
            yield from down(number - 1)

    t.log(t.shown(sum(down(100))))


def delegation_by_hand_does_not_close(t):
    def outer(sub):
        for each in sub:
            yield each

    sub = _sub(t)
    t.steps("g", outer(sub), "next close")
    t.steps("sub", sub, "state next")
