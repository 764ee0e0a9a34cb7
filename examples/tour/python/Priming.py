"""Course notes 3, priming: a decorator that advances to the first yield

Unchanged.
"""

import inspect
from functools import wraps


def corcut(func):
    @wraps(func)
    def wrapper(*args, **kw):
        g = func(*args, **kw)
        next(g)
        return g
    return wrapper


@corcut
def generator():
    i = "激活生成器"
    while True:
        try:
            value = yield i
        except ValueError:
            print("OVER")
        i = value


g = generator()
print(inspect.getgeneratorstate(g))
