"""Course notes 3, yield from: chain by hand

Changed: a list instead of a set, whose order differs from run to run and from Java's.
"""

def chains1(*args):
    for i in args:
        for n in i:
            yield n


def chains2(*args):
    for i in args:
        yield from i


c1 = chains1(["one", "two", "three"], list("abc"))
for i in c1:
    print(i)
print("\n")
c2 = chains2(["one", "two", "three"], list("abc"))
for i in c2:
    print(i)
