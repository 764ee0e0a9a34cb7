"""Course notes 1, 1.1: greenlet

Unchanged.
"""

from greenlet import greenlet


def func1():
    print(1)
    gr2.switch()
    print(3)
    gr2.switch()


def func2():
    print(2)
    gr1.switch()
    print(4)
    gr1.switch()


gr1 = greenlet(func1)
gr2 = greenlet(func2)
gr1.switch()
