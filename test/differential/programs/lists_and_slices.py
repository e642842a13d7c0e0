numbers = list(range(10))
for start in (None, -20, -3, 0, 4, 20):
    for stop in (None, -20, -2, 5, 20):
        for step in (None, 1, 2, -1, -3):
            print(numbers[start:stop:step], end=" ")
    print()
for target, value in ((slice(2, 5), []), (slice(None, None, 2), range(5)), (slice(5, 2), "ab"), (slice(-2, None), [1] * 4), (slice(0, 3, 2), [1])):
    copy = numbers[:]
    try:
        copy[target] = value
        print(copy)
        del copy[target]
        print(copy)
    except ValueError as error:
        print(error)
print(sorted("bca", reverse=True), sorted([(1, "b"), (1, "a"), (0, "z")], key=lambda p: p[0]), [3, 1, 2].index(1), [1, 2] * 2, [[0] * 2 for _ in range(2)])
for operation in ("[].pop()", "[1].remove(2)", "[1].index(5)", "[1][5]", "[1, 'a'].sort()", "(1,)[0:1] + [2]", "[1] < ['a']", "(1, 2) < (1, 2, 3)", "[*range(3), *'ab']", "(lambda *a: a)(*[1], *[2])"):
    try:
        print(operation, eval(operation))
    except Exception as error:
        print(operation, type(error).__name__, error)
a, *b, (c, *d) = 1, 2, 3, (4, 5, 6)
print(a, b, c, d)
grid = [[x * y for x in range(4)] for y in range(3)]
print([*zip(*grid)], list(map(list, zip(*grid))), sum(grid, []), [x for row in grid for x in row if x % 2], list(enumerate("ab", 5)), list(zip("abc", [1, 2])))
try:
    list(zip("abc", [1], strict=True))
except ValueError as error:
    print(error)
class Odd:
    def __init__(self, n): self.n = n
    def __index__(self): return self.n
    def __repr__(self): return f"Odd({self.n})"
    def __lt__(self, other): return self.n % 3 < other.n % 3
print(numbers[Odd(3)], numbers[Odd(1):Odd(4)], sorted(map(Odd, range(7))), min(map(Odd, [5, 3])), range(10)[2:8:3], list(range(5, 0, -2)), range(0, 10, 3).index(6), len(range(10**9)))
self = []
self.append(self)
print(self, self == self, [self, {1: self}])
