"""Course notes 3, yield: Fibonacci numbers

Unchanged.
"""

def fib(n):
    a, b = 0, 1
    while b < n:
        a, b = b, a + b
        yield a


print(fib(100))
for i in fib(100):
    print(i)
