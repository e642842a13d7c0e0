from dataclasses import dataclass
from enum import Enum
class Shade(Enum): RED = 1; BLUE = 2
@dataclass
class Point: x: int; y: int
class Pair:
    __match_args__ = ("left", "right")
    def __init__(self, left, right): self.left, self.right = left, right
def kind(value):
    match value:
        case 0: return "zero"
        case True | False: return "bool"
        case int(n) if n < 0: return f"negative {n}"
        case int() | float(): return "number"
        case "a" | "b" as letter: return f"letter {letter}"
        case str(s): return f"text of {len(s)}"
        case []: return "empty"
        case [x]: return f"one {x}"
        case [Point(x=0, y=y), *_]: return f"starts on axis at {y}"
        case [int(a), [b, *c], *rest] if rest: return f"nested {a} {b} {c} {rest}"
        case (a, b): return f"pair {a} {b}"
        case [_, _, *middle, _]: return f"middle {middle}"
        case {"type": "circle", "r": r}: return f"circle {r}"
        case {"type": str(t), **rest} if not rest: return f"only type {t}"
        case {"type": _, **rest}: return f"rest {sorted(rest)}"
        case {}: return "mapping"
        case Point(0, 0): return "origin"
        case Point(x, y) if x == y: return "diagonal"
        case Point(): return "point"
        case Pair(Pair(a, _), b): return f"tree {a} {b}"
        case Shade.RED: return "red"
        case Shade(): return "other shade"
        case None: return "none"
        case bytes() | bytearray(): return "bytes"
        case _: return type(value).__name__
samples = [0, 0.0, True, False, -3, 5, 2.5, "a", "hello", "", [], [1], (2,), [Point(0, 3), 1], [1, [2, 3, 4], 5], [1, [2]], (1, 2), [1, 2, 3, 4], {"type": "circle", "r": 2}, {"type": "x"}, {"type": "x", "b": 1, "a": 2}, {1: 2}, Point(0, 0), Point(2, 2), Point(1, 2), Pair(Pair(1, 2), 3), Pair(1, 2), Shade.RED, Shade.BLUE, None, b"", bytearray(1), {1}, range(3), 1j, "ab"]
for sample in samples: print(repr(sample) if not isinstance(sample, Pair) else "Pair", "->", kind(sample))
def command(line):
    match line.split():
        case ["go", ("north" | "south") as way]: return way
        case ["go", other]: return f"cannot go {other}"
        case ["take", *things] if things: return things
        case [verb]: return verb
        case [] | _: return None
print([command(line) for line in ("go north", "go up", "take a b", "take", "", "x y")])
try:
    match Point(1, 2):
        case Point(1, 2, 3): pass
except TypeError as error: print(error)
