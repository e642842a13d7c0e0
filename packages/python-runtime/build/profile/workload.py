"""What the compiler learns from which paths through the interpreter matter.

A mix of what plugins do, each part of it short. It must not contain the rows of the benchmarks, and it compiles no
Python: a compiler that was optimised for speed is so much larger that a fresh process spends longer on loading it than
it could ever save.
"""

import base64
import bisect
import collections
import copy
import csv
import dataclasses
import datetime
import decimal
import functools
import hashlib
import heapq
import io
import itertools
import json
import math
import random
import re
import statistics
import string
import struct
import textwrap
import urllib.parse

rng = random.Random(3)


@dataclasses.dataclass
class Point:
    x: int
    y: int = 0
    tags: list = dataclasses.field(default_factory=list)

    def distance(self, other):
        return math.hypot(self.x - other.x, self.y - other.y)


class Tree:
    def __init__(self, value, left=None, right=None):
        self.value = value
        self.left = left
        self.right = right

    def insert(self, value):
        node = self
        while True:
            if value < node.value:
                if node.left is None:
                    node.left = Tree(value)
                    return
                node = node.left
            else:
                if node.right is None:
                    node.right = Tree(value)
                    return
                node = node.right

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right


class Shape:
    kind = "shape"

    @property
    def area(self):
        return 0


class Square(Shape):
    def __init__(self, side):
        super().__init__()
        self.side = side

    @property
    def area(self):
        return self.side * self.side

    def __eq__(self, other):
        return isinstance(other, Square) and other.side == self.side

    def __hash__(self):
        return hash(self.side)


class Money:
    __slots__ = ("amount", "currency", "note")

    def __init__(self, amount, currency="EUR", note=None):
        self.amount = amount
        self.currency = currency
        self.note = note

    def __lt__(self, other):
        return self.amount < other.amount


def classes():
    points = [Point(i, i * 2) for i in range(500)]
    sum(p.distance(points[0]) for p in points)
    sorted(points, key=lambda p: -p.x)
    [dataclasses.asdict(p) for p in points[:50]]
    tree = Tree(500)
    for _ in range(1500):
        tree.insert(rng.randrange(1000))
    list(tree)
    sum(square.area for square in {Square(i % 50) for i in range(2000)})
    account = sorted(Money(rng.random() * 100) for _ in range(300))
    sum(m.amount for m in account if m.currency == "EUR" and m.note is None)


def pairs(n):
    for i in range(n):
        if i % 3:
            yield i, str(i)


def words(text):
    found, current = [], ""
    for letter in text:
        if letter.isalnum():
            current += letter
        elif current:
            found.append(current)
            current = ""
    return found


def closures(n):
    functions = [lambda x, i=i: x + i for i in range(10)]
    total = 0

    def add(value):
        nonlocal total
        total += value

    for i in range(n):
        add(functions[i % 10](i))
    return total


def exceptions(n):
    count = 0
    for i in range(n):
        try:
            if i % 5 == 0:
                raise ValueError("value %d" % i)
            {}[i]
        except KeyError:
            count += 1
        except ValueError as error:
            count += len(str(error))
        finally:
            count += 1
    return count


def calls(n):
    def depth(k):
        return 0 if k == 0 else 1 + depth(k - 1)

    def ackermann(m, k):
        if m == 0:
            return k + 1
        return ackermann(m - 1, 1) if k == 0 else ackermann(m - 1, ackermann(m, k - 1))

    def keywords(a, b=2, *rest, c=3, **more):
        return a + b + c + len(rest) + len(more)

    for i in range(n):
        depth(40)
        keywords(i, 1, 2, c=4, d=5)
        keywords(*range(3), **{"e": i})
    ackermann(2, 6)


def numbers():
    prime = bytearray([1]) * 20_001
    for i in range(2, 142):
        if prime[i]:
            prime[i * i :: i] = bytes(len(range(i * i, 20_001, i)))
    matrix = [[i * j % 7 for j in range(30)] for i in range(30)]
    [[sum(a * b for a, b in zip(row, column)) for column in zip(*matrix)] for row in matrix]
    bodies = [[float(i), i * 0.5, 1.0 + i, 0.1 * i] for i in range(5)]
    for _ in range(300):
        for i, a in enumerate(bodies):
            for b in bodies[i + 1 :]:
                dx, dy = a[0] - b[0], a[1] - b[1]
                force = (dx * dx + dy * dy + 0.01) ** -1.5
                a[2] -= dx * force
                b[2] += dx * force
                a[3] -= dy * force
                b[3] += dy * force
        for a in bodies:
            a[0] += a[2] * 0.01
            a[1] += a[3] * 0.01
    state, i = 0, 0
    while i < 20_000:
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
        if state & 1:
            i += 1
        else:
            i += 2
    mandelbrot = 0
    for row in range(20):
        for column in range(40):
            x = y = 0.0
            for step in range(40):
                x, y = x * x - y * y + column / 20 - 1.5, 2 * x * y + row / 10 - 1
                if x * x + y * y > 4:
                    mandelbrot += step
                    break
    sum(decimal.Decimal(i) / 7 for i in range(100))
    return 2**500 // 3**100


def queens(n):
    def place(row, columns, falling, rising):
        if row == n:
            return 1
        total = 0
        for i in range(n):
            if not (columns >> i & 1 or falling >> (row + i) & 1 or rising >> (row - i + n) & 1):
                total += place(row + 1, columns | 1 << i, falling | 1 << (row + i), rising | 1 << (row - i + n))
        return total

    return place(0, 0, 0, 0)


def collecting():
    dict(pairs(3000))
    collections.Counter(words("the quick brown-fox, jumps over 12 lazy dogs. " * 200)).most_common(3)
    groups = collections.defaultdict(list)
    for i in range(5000):
        groups[i % 17].append(i)
    {key: sum(values) for key, values in groups.items()}
    " ".join(f"{key}:{len(values):>5}|{sum(values) / 3:.2f}" for key, values in groups.items())
    seen = set()
    for i in range(3000):
        seen.add((i * 7919) % 1009)
    window = collections.deque(maxlen=50)
    for i in range(2000):
        window.append(i)
        if i in seen and len(window) == 50:
            window.popleft()


def sorting():
    values = [rng.randrange(10**6) for _ in range(3000)]
    values.sort()
    values[::-1]
    sorted(rng.uniform(-1, 1) for _ in range(4000))
    sorted("".join(rng.choices(string.ascii_lowercase, k=9)) for _ in range(1500))
    sorted(((i * 31) % 97, str(i)) for i in range(800))
    sorted(values, key=lambda v: (v % 10, -v))
    [bisect.bisect(values, i) for i in range(0, 10**6, 999)]
    heap = []
    for _ in range(1500):
        heapq.heappush(heap, rng.random())
    while heap:
        heapq.heappop(heap)
    first, *rest = values
    max(values), min(values), any(v < 0 for v in values), [*map(str, values)], list(zip(values, rest))[:5]
    statistics.mean(values)


def text():
    lines = "a,b;c=%d %s\n" * 300
    [line.split(";")[0].upper().strip().replace("A", "x") for line in lines.splitlines()]
    records = [{"id": i, "list": [1.5, None, True, 'é"\\'], "more": {"d": str(i)}} for i in range(300)]
    json.loads(json.dumps(records, indent=1))
    json.loads(json.dumps(records, ensure_ascii=False))
    re.sub(r"(\w+)@(\w+)\.com", lambda m: m.group(2) + m.group(1), "foo@bar.com baz qux@a.com " * 200)
    re.split(r"[,;\s]+", "a, b;c  d" * 200)
    [re.match(r"^(\d+)-(\w*)$", "%d-ab" % i) for i in range(300)]
    re.findall(r"(?i)\b(?:error|warn(?:ing)?)\b[^\n]*", "INFO ok\nWarning: low\nerror 17 at 3\n" * 150)
    list(csv.reader(io.StringIO('a,b,"c,d"\n' * 300)))
    urllib.parse.urlencode({"a": "1 2", "b": "é"})
    textwrap.wrap("lorem ipsum dolor " * 50, 40)
    pieces = []
    for i in range(2000):
        pieces.append(f"{i:04d}")
        pieces.append(str(i * 3))
    "-".join(pieces).count("12")


def data():
    [datetime.datetime(2024, 1, 1) + datetime.timedelta(hours=i) for i in range(300)]
    [datetime.date(2024, 1, 1 + i % 28).isoformat() for i in range(300)]
    hashlib.sha256(b"x" * 10_000).hexdigest()
    base64.b64encode(b"abc" * 3000)
    [struct.pack("<IHf", i, i & 65_535, i * 0.5) for i in range(500)]
    list(itertools.islice(itertools.permutations(range(6)), 700))
    functools.reduce(lambda a, b: a ^ b, range(3000))
    copy.deepcopy({"a": [1, 2, {"b": (3, 4)}] * 20})


for _ in range(2):
    classes()
    closures(5000)
    exceptions(3000)
    calls(150)
    numbers()
    queens(6)
    collecting()
    sorting()
    text()
    data()
