"""Course notes 3, handing over control: yield from, spelled out

Changed: the notes show the expansion as pictures; this is a program that delegates by hand, after PEP 380.
"""

def average():
    """The subgenerator: is sent numbers, yields their mean so far, and forgets them on ValueError."""
    count = total = 0
    mean = None
    while True:
        try:
            number = yield mean
        except ValueError:
            print("start again")
            count = total = 0
            mean = None
            continue
        if number is None:
            return f"mean of {count}: {mean}"
        count += 1
        total += number
        mean = total / count


def by_hand():
    sub = average()
    try:
        value = next(sub)
    except StopIteration as e:
        return e.value
    while True:
        try:
            sent = yield value
        except GeneratorExit:
            sub.close()
            raise
        except BaseException as e:
            try:
                value = sub.throw(e)
            except StopIteration as stop:
                return stop.value
        else:
            try:
                value = next(sub) if sent is None else sub.send(sent)
            except StopIteration as stop:
                return stop.value


def delegated():
    return (yield from average())


for function in by_hand, delegated:
    print(function.__name__)
    g = function()
    next(g)
    print(g.send(10), g.send(20))
    print(g.throw(ValueError()))
    print(g.send(5))
    try:
        g.send(None)
    except StopIteration as e:
        print(e.value)
