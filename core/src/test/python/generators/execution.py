"""Runs a program of `grammar` as Python source: a generator function for each body.

Exceptions are named in words that belong neither to Python nor to Java: `failed: boom`, `exit`, `refused`, and `ended` or
`ended: 7` for StopIteration.
"""

import inspect

MOST_LINES = 150
MOST_DRAINED = 20


class Failed(Exception):
    """What programs raise to fail."""


REFUSED = (RuntimeError, ValueError, TypeError, AttributeError)
KINDS = {
    "failed": "Failed",
    "exit": "GeneratorExit",
    "refused": "REFUSED",
    "stop": "StopIteration",
    "any": "BaseException",
}


def run(program):
    bodies, steps = program
    execution = Execution(bodies)
    for step in steps:
        execution.ask("main", *step)
    return execution.lines[:MOST_LINES]


class Execution:
    def __init__(self, bodies):
        self.lines = []
        self.kept = []  # collected half-way they would run their finally blocks
        names = "abcd"[: len(bodies)]
        scope = {"Failed": Failed, "REFUSED": REFUSED, "Closable": Closable, "describe": describe, "show": show, "exception": exception}
        for name, body in zip(names, bodies):
            exec(source(name, body), scope)
        self.functions = {name: scope[name] for name in names}
        self.generators = {name: self.new(name, name) for name in names}

    def new(self, name, label):
        generator = self.functions[name](self, label)
        self.kept.append(generator)
        return generator

    def log(self, text):
        self.lines.append(text)

    def got(self, label, value):
        self.log(f"{label} got {show(value)}")

    def ask(self, label, op, name, argument):
        try:
            outcome = show(self.dare(op, name, argument))
        except BaseException as exception:
            outcome = describe(exception)
        self.log(f"{label} {op} {name}: {outcome}")

    def dare(self, op, name, argument):
        generator = self.generators[name]
        match op:
            case "next":
                return next(generator)
            case "send":
                return generator.send(None if argument == "none" else argument)
            case "throw":
                return generator.throw(exception(argument))
            case "close":
                generator.close()
                return None
            case "state":
                return inspect.getgeneratorstate(generator).removeprefix("GEN_").lower()
            case "drain":
                return [each for _, each in zip(range(MOST_DRAINED), generator)]


class Closable:
    """An iterator that can be closed and is no generator."""

    def __init__(self, execution, label, count, fate):
        self.execution = execution
        self.label = label
        self.left = count
        self.fate = fate

    def __iter__(self):
        return self

    def __next__(self):
        if self.left == 0:
            raise StopIteration
        self.left -= 1
        return -self.left

    def close(self):
        self.execution.log(f"{self.label} closes its items")
        if self.fate != "none":
            raise exception(self.fate)


def exception(what):
    match what:
        case "exit":
            return GeneratorExit()
        case "stop":
            return StopIteration(0)
    return Failed(what)


def describe(exception):
    if isinstance(exception, StopIteration):
        return "ended" if exception.value is None else f"ended: {show(exception.value)}"
    if isinstance(exception, GeneratorExit):
        return "exit"
    if isinstance(exception, Failed):
        return f"failed: {exception}"
    if isinstance(exception, REFUSED):
        return "refused"
    raise exception


def show(value):
    if value is None:
        return "none"
    if isinstance(value, list):
        return "[" + ", ".join(show(each) for each in value) + "]"
    return str(value)


def source(name, body):
    """The trailing yield, which is never reached, makes a generator of any body."""
    return "\n".join([f"def {name}(x, me):", *lines(body, 1), "    return", "    yield"])


def lines(statements, level):
    written = []
    for kind, *rest in statements:
        written += ["    " * level + line for line in WRITERS[kind](*rest)]
    return written


def block(statements):
    return lines(statements, 1)


def tried(body, kind, handler, last):
    written = ["try:", *block(body)]
    if kind != "none":
        written += [f"except {KINDS[kind]} as e:", "    x.log(f'{me} caught {describe(e)}')", *block(handler)]
    if last:
        written += ["finally:", "    x.log(f'{me} finally')", *block(last)]
    return written


WRITERS = {
    "yield": lambda number: [f"x.got(me, (yield {number}))"],
    "from": lambda name: [f"x.log(f'{{me}} from {name}: {{show((yield from x.generators[{name!r}]))}}')"],
    "fresh": lambda name: [
        f"x.log(f'{{me}} from new {name}: {{show((yield from x.new({name!r}, me + {name!r})))}}')"
    ],
    "items": lambda *numbers: [f"yield from {list(numbers)}", "x.log(f'{me} has no more items')"],
    "closable": lambda count, fate: [
        f"yield from Closable(x, me, {count}, {fate!r})",
        "x.log(f'{me} has no more items')",
    ],
    "ask": lambda op, name, argument: [f"x.ask(me, {op!r}, {name!r}, {argument!r})"],
    "dare": lambda op, name, argument: [f"x.log(f'{{me}} {op} {name}: {{show(x.dare({op!r}, {name!r}, {argument!r}))}}')"],
    "log": lambda number: [f"x.log(f'{{me}} logs {number}')"],
    "raise": lambda what: [f"raise exception({what!r})"],
    "return": lambda number: [f"return {number}"],
    "twice": lambda statements: ["for _ in range(2):", *block(statements)],
    "try": tried,
}
