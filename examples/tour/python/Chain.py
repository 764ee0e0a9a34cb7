"""Course notes 3, yield from: chain of the library

Changed: a list instead of a set, whose order differs from run to run and from Java's.
"""

from itertools import chain

c = chain(['one', 'two', 'three'], list("abc"))
for i in c:
    print(i)
