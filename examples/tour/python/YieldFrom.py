"""Course notes 1, 1.2: yield

Unchanged.
"""

def func1():
    yield 1
    yield from func2()
    yield 3


def func2():
    yield 2
    yield 4


[print(_) for _ in func1()]
