"""Random programs.

A program is `[[body...], [step...]]`. The generators are named a, b, c … in the order of their bodies. A body is a list of
statements:

    [yield N]                      yields and logs what it is sent
    [from G]                       delegates to the generator G, whoever else has to do with it
    [fresh G]                      delegates to a new generator with the body of G, a later one
    [items N...]                   delegates to a list
    [closable N FATE]              delegates to an iterator of N items that has close() too; FATE is what close() raises, or `none`
    [ask OP G ARG]                 does one step to a generator and logs the outcome
    [dare OP G ARG]                the same, and lets what is raised pass
    [log N], [raise WHAT], [return N]
    [twice [statement...]]
    [try [statement...] KIND [statement...] [statement...]]
                                   with a handler unless KIND is `none`, and a finally block unless that is empty

A step is `[OP G ARG]`; OP is next, send, throw, close, state or drain.
"""

import random

RAISED = ("boom", "bang", "exit", "stop")
CAUGHT = ("failed", "failed", "exit", "refused", "stop", "any", "none", "none")


class Grammar:
    def __init__(self, seed):
        self.dice = random.Random(f"generators {seed}")
        self.names = "abcd"[: self.dice.randint(1, 4)]
        self.number = 0

    def program(self):
        bodies = [self.block(index, 0, 2, 4) for index in range(len(self.names))]
        steps = [self.step() for _ in range(self.dice.randint(4, 14))]
        return [bodies, steps]

    def block(self, index, depth, least, most):
        return [self.statement(index, depth) for _ in range(self.dice.randint(least, most))]

    def statement(self, index, depth):
        weights = {
            "yield": 30,
            "from": 14,
            "fresh": 8 if index + 1 < len(self.names) else 0,
            "items": 3,
            "closable": 3,
            "ask": 8,
            "dare": 3,
            "log": 3,
            "raise": 3,
            "return": 3,
            "twice": 5 if depth < 2 else 0,
            "try": 18 if depth < 3 else 0,
        }
        kind = self.dice.choices(list(weights), list(weights.values()))[0]
        return [kind, *getattr(self, f"_{kind}")(index, depth)]

    def _yield(self, index, depth):
        return [self.fresh_number()]

    _log = _return = _yield

    def _from(self, index, depth):
        return [self.name()]

    def _fresh(self, index, depth):
        return [self.dice.choice(self.names[index + 1 :])]

    def _items(self, index, depth):
        return [self.fresh_number() for _ in range(self.dice.randint(0, 3))]

    def _closable(self, index, depth):
        return [self.dice.randint(0, 3), self.dice.choice(("none", "none", *RAISED))]

    def _ask(self, index, depth):
        return self.step()

    _dare = _ask

    def _raise(self, index, depth):
        return [self.dice.choice(RAISED)]

    def _twice(self, index, depth):
        return [self.block(index, depth + 1, 1, 2)]

    def _try(self, index, depth):
        kind = self.dice.choice(CAUGHT)
        with_finally = kind == "none" or self.dice.random() < 0.3
        return [
            self.block(index, depth + 1, 1, 3),
            kind,
            [] if kind == "none" else self.block(index, depth + 1, 1, 2),
            self.block(index, depth + 1, 1, 2) if with_finally else [],
        ]

    def step(self):
        op = self.dice.choices(
            ("next", "send", "throw", "close", "state", "drain"), (40, 20, 16, 6, 8, 3 if self.number else 0)
        )[0]
        argument = {
            "send": lambda: self.dice.choice((self.fresh_number(), self.fresh_number(), "none")),
            "throw": lambda: self.dice.choice(RAISED),
        }.get(op, lambda: "none")()
        return [op, self.name(), argument]

    def name(self):
        return self.dice.choice(self.names)

    def fresh_number(self):
        self.number += 1
        return self.number
