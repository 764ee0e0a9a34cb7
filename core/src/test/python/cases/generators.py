"""The life of one generator: next and send in every state, and what generators are for."""

from tracing import Failed


def _counter(t):
    t.log("begins")
    for number in (1, 2):
        yield number
        t.log(f"after {number}")
    return "result"


def _echo(t):
    got = yield "ready"
    while True:
        t.log(f"got {t.shown(got)}")
        got = yield got


def _guarded(t):
    try:
        yield 1
        yield 2
    finally:
        t.log("finally")


def generator_runs_nothing_before_the_first_next(t):
    g = _counter(t)
    t.steps("g", g, "state")
    t.log("created")
    t.steps("g", g, "next state")


def generator_runs_from_yield_to_yield(t):
    t.steps("g", _counter(t), "next next next")


def generator_result_comes_once(t):
    t.steps("g", _counter(t), "next next next next state next")


def generator_without_a_yield(t):
    def body():
        t.log("runs")
        return "early"
        yield

    t.steps("g", body(), "state next state next")


def generator_send_is_what_the_yield_returns(t):
    t.steps("g", _echo(t), "next send:a send:b send:c")


def generator_next_sends_none(t):
    t.steps("g", _echo(t), "next send:a next next send:b")


def generator_send_none_starts(t):
    t.steps("g", _echo(t), "send:none send:a")


def generator_send_to_a_just_started_one_is_refused(t):
    t.steps("g", _echo(t), "send:a state next send:b")


def generator_send_to_an_ended_one(t):
    t.steps("g", _counter(t), "next next next send:a send:none")


def generator_send_to_a_closed_one_that_never_began(t):
    t.steps("g", _echo(t), "close send:a next")


def generator_states_at_each_point(t):
    def body():
        t.steps("inside", g, "state")
        yield 1
        t.steps("inside", g, "state")
        try:
            yield 2
        finally:
            t.steps("in finally", g, "state")

    g = body()
    t.steps("g", g, "state next state next state close state")


def generator_is_created_again_by_its_function(t):
    a, b = _counter(t), _counter(t)
    t.steps("a", a, "next next")
    t.steps("b", b, "next state")
    t.steps("a", a, "next state")
    t.steps("b", b, "next")


def generator_next_from_inside_is_refused(t):
    def body():
        t.steps("inside", g, "next state")
        yield 1

    g = body()
    t.steps("g", g, "next next")


def generator_send_from_inside_is_refused(t):
    def body():
        t.steps("inside", g, "send:x send:none")
        yield 1
        t.steps("inside", g, "send:x")

    g = body()
    t.steps("g", g, "next next")


def generator_throw_from_inside_is_refused(t):
    def body():
        t.steps("inside", g, "throw:boom throw:exit throw:stop")
        yield 1

    g = body()
    t.steps("g", g, "next next")


def generator_close_from_inside_is_refused(t):
    def body():
        t.steps("inside", g, "close state")
        yield 1

    g = body()
    t.steps("g", g, "next next")


def generator_that_advances_itself_fails(t):
    def body():
        yield 1
        yield next(g)

    g = body()
    t.steps("g", g, "next next state next")


def generator_for_inside_over_itself_is_refused(t):
    def body():
        yield 1
        try:
            for _ in g:
                t.log("never")
        except ValueError as refusal:
            t.log(t.shown(refusal))
        yield 2

    g = body()
    t.steps("g", g, "next next next")


def generator_two_that_advance_each_other(t):
    def body(name):
        t.steps(f"in {name}", generators["b" if name == "a" else "a"], "next state")
        yield name

    generators = {name: body(name) for name in "ab"}
    t.steps("a", generators["a"], "next state next")
    t.steps("b", generators["b"], "state next")


def generator_closed_by_another_it_advanced(t):
    def inner():
        t.steps("inner", g, "close throw:boom")
        yield 1

    def body():
        yield next(inner())

    g = body()
    t.steps("g", g, "next close")


def generator_in_a_for_loop(t):
    t.log(t.shown(list(_counter(t))))


def generator_in_two_for_loops(t):
    g = _counter(t)
    for number in g:
        t.log(f"first {number}")
    for number in g:
        t.log(f"second {number}")
    t.steps("g", g, "state next")


def generator_goes_on_after_a_for_loop_was_left(t):
    g = _counter(t)
    for number in g:
        t.log(f"loop {number}")
        break
    t.steps("g", g, "state next")


def generator_failure_reaches_the_for_loop(t):
    def body():
        yield 1
        raise Failed("boom")

    def loop():
        for number in body():
            t.log(f"loop {number}")

    t.call("loop", loop)


def generator_yields_none(t):
    def body():
        got = yield
        t.log(f"got {t.shown(got)}")
        yield None

    t.steps("g", body(), "next send:x next")


def generator_averages(t):
    def body():
        total = count = 0
        average = None
        while True:
            value = yield average
            if value is None:
                return f"{count} values"
            total += len(value)
            count += 1
            average = total // count

    t.steps("g", body(), "next send:aa send:aaaa send:aaaaaaaaa next")


def generator_endless_is_taken_from(t):
    def fib():
        a, b = 0, 1
        while True:
            yield b
            a, b = b, a + b

    g = fib()
    t.log(t.shown([next(g) for _ in range(12)]))
    t.steps("fib", g, "close state")


def generator_pipeline(t):
    def source():
        try:
            for number in range(1, 100):
                yield number
        finally:
            t.log("source closed")

    def odd(numbers):
        for number in numbers:
            if number % 2:
                yield number

    def squares(numbers):
        for number in numbers:
            yield number * number

    origin = source()
    last = squares(odd(origin))
    t.log(t.shown([next(last) for _ in range(4)]))
    t.steps("last", last, "close")
    t.steps("origin", origin, "state next close")


def generator_sieve(t):
    def integers():
        number = 2
        while True:
            yield number
            number += 1

    def without(prime, numbers):
        for number in numbers:
            if number % prime:
                yield number

    def primes():
        numbers = integers()
        while True:
            prime = next(numbers)
            yield prime
            numbers = without(prime, numbers)

    g = primes()
    t.log(t.shown([next(g) for _ in range(15)]))


def generator_permutations(t):
    def permutations(items):
        if not items:
            yield ""
        for index, item in enumerate(items):
            for rest in permutations(items[:index] + items[index + 1 :]):
                yield item + rest

    t.log(" ".join(permutations("abcd")))


def generator_queens(t):
    def queens(size, row, columns):
        if row == size:
            yield "".join(str(column) for column in columns)
            return
        for column in range(size):
            if all(column != other and row - above != abs(column - other) for above, other in enumerate(columns)):
                for solution in queens(size, row + 1, columns + [column]):
                    yield solution

    t.log(" ".join(queens(6, 0, [])))
