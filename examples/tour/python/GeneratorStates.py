"""Course notes 3, coroutines: the states of a generator

Changed: the notebook's cells print their values.
"""

import inspect


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
print(next(g))
print(inspect.getgeneratorstate(g))
print(g.send("hello world"))
print(g.throw(ValueError))
g.close()
print(inspect.getgeneratorstate(g))
