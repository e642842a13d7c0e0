"""The rows of the `cpu` benches. Every subject executes this very text."""

import json
import random
import re
import time


def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


class Vector:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def plus(self, other):
        return Vector(self.x + other.x, self.y + other.y)


people = [
    {
        "id": number,
        "name": "person %d" % number,
        "labels": ["red", "green", "blue"],
        "score": number * 0.75,
        "place": {"at": [number, 2, 3], "note": None, "open": number % 2 == 0},
    }
    for number in range(400)
]
people_text = json.dumps(people)
log_text = "2025-11-03 GET /orders/17 from 10.20.30.40 by ann@example.org, all well in here; " * 400
log_pattern = re.compile(r"(\d{4})-(\d\d)-(\d\d)|[\w.]+@[\w.]+|\d+\.\d+\.\d+\.\d+")
dice = random.Random(7)
numbers = [dice.random() for _ in range(8000)]
names = ["name%09d" % int(number * 1e9) for number in numbers[:3000]]


def row_fib(_):
    return fibonacci(19)


def row_json_dumps(_):
    return len(json.dumps(people))


def row_json_loads(_):
    return len(json.loads(people_text))


def row_regex(_):
    return len(log_pattern.findall(log_text))


def row_sort(_):
    return sorted(numbers)[0], sorted(names)[0]


def row_loop(_):
    total = 0
    for number in range(100_000):
        total += number & 15
    return total


def row_dict(_):
    seen = {}
    for number in range(25_000):
        key = number % 4001
        seen[key] = seen.get(key, 0) + 1
    return len(seen)


def row_str(_):
    return "-".join([str(number) for number in range(20_000)]).count("77")


def row_objects(_):
    step = Vector(1, 2)
    place = Vector(0, 0)
    for _ in range(10_000):
        place = place.plus(step)
    return place.y


def row_float(_):
    x = 0.5
    total = 0.0
    for _ in range(40_000):
        x = 3.6 * x * (1.0 - x)
        total += x * x - 0.25
    return total


def measure(row, seconds):
    """Milliseconds of each call, for about so long.

    `map` makes each call enter the interpreter's loop anew. Code that is being optimised meanwhile
    (WebAssembly engines cannot swap a function that is running) is thus used from the next call on.
    """
    call = globals()["row_" + row]
    clock = time.perf_counter
    end = clock() + seconds
    times = []
    while len(times) < 5000 and (len(times) < 3 or clock() < end):
        start = clock()
        next(map(call, (None,)))
        times.append(round((clock() - start) * 1000, 4))
    return times
