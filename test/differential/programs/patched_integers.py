import itertools, random
random.seed(5)
edges = [sign * (1 << bits) + near for bits in (0, 8, 29, 30, 31, 32, 59, 60, 61) for near in range(-3, 4) for sign in (1, -1)]
def calculated(a, b):
    yield a + b
    yield a - b
    yield a & b
    yield a | b
    yield a ^ b
    yield (a < b, a == b, a >= b)
    for calculate in (lambda: a // b, lambda: a % b, lambda: a >> b, lambda: a << b if b < 99 else 0):
        try:
            yield calculate() if abs(b) < 1 << 33 else calculate() & 0xFFFF
        except (ZeroDivisionError, ValueError, OverflowError) as error:
            yield type(error).__name__
def in_place(a, b):
    results = [a, a, a, a, a]
    results[0] += b
    results[1] -= b
    results[2] &= b
    results[3] |= b
    results[4] ^= b
    return results
total, odd = 0, 0
for a, b in itertools.product(edges, edges):
    values = [*calculated(a, b), *in_place(a, b)]
    if random.random() < 0.01:
        print(a, b, *values)
    for value in values:
        if type(value) is int:
            total += value
            odd += -5 <= value <= 256 and value is not int(str(value))
print(total, odd)
# A number in use elsewhere does not change with the one that it was the beginning of.
shared = [1000 + i for i in range(50)]
seen = {}
def changed(x, y):
    before = x
    x += y
    x -= 1
    return x, before, (x + 5000) + (y + 5000) - (x - 1)
for turn in range(500):
    seen[shared[turn % 50]] = changed(shared[turn % 50], turn)
print(shared == [1000 + i for i in range(50)], list(seen.items())[-3:])
def counter():
    x = 1 << 20
    def up():
        nonlocal x
        x += 1
        return x
    return [up() for _ in range(100)][::33], [(x := x + 1000) + 0 for _ in range(30)][::9], x
print(counter())
for bounds in ((2**31 - 4, 2**31 - 1), (-2**31, -2**31 + 3), (2**30 - 2, 2**30 + 2), (-2**30 - 2, -2**30 + 3), (2**31 - 10, 2**31 - 1, 7), (2**31 - 1, -2**31, -2**30), (254, 260), (-3, -8, -1)):
    print([i for i in range(*bounds)])
# What has become small in the room of a large one.
large = 1 << 200_000
for i in range(600):
    small = (large + i + 300) ^ large
    if [small + j for j in range(3)] != [i + 300, i + 301, i + 302]:
        print(i, small)
class Mine(int):
    def __add__(self, other):
        return "mine"
    __radd__ = __add__
def add(a, b):
    return a + b
for i in range(100):
    add(i + 1000, i)
print(add(Mine(1000), 1), add(1, Mine(1000)), add(True, 1000), add(True, True), add(1.5, 1000), add(1 << 40, -(1 << 40) + 500))
