d = {"b": 1, "a": 2}
d["c"] = 3
d["b"] = 4
print(d, list(d), list(reversed(d)), d | {"z": 0, "a": 9}, dict(zip("ab", [1, 2])), {**d, "c": 0}, dict(a=1, **{"b c": 2}))
print(d.get("x"), d.setdefault("x", []), d.pop("x"), d.pop("y", 1), d.popitem(), d, {k: v for v, k in enumerate("hello")}, dict.fromkeys([3, 1, 2]))
print(d.keys() & {"a", "q"}, d.items() >= {("a", 2)}, d == {"a": 2, "b": 4}, {1: "int", 1.0: "float", True: "bool"}, {(1, 2): 3}[1, 2])
for operation in ("{}['x']", "{[]: 1}", "{}.popitem()", "dict([1])", "dict([(1,)])", "{1, [2]}", "set().pop()", "frozenset([1]).add(2)", "{1} < {1, 2} <= {2, 1}", "{1, 2} ^ {2, 3}"):
    try:
        print(operation, eval(operation))
    except Exception as error:
        print(operation, type(error).__name__, error)
for change in ("d[5] = 1", "del d['a']", "d.clear()"):
    copy = dict(d, extra=0)
    try:
        for key in copy:
            exec(change, {"d": copy})
        print(change, copy)
    except RuntimeError as error:
        print(change, error)
small = {5, 3, 1} | set(range(8))
print(sorted(small), len(small), small.isdisjoint({9}), sorted(small - {1}), small.issuperset([1, 2]), sorted({x % 3 for x in small}))
class Key:
    def __init__(self, n): self.n = n
    def __hash__(self): return self.n % 2
    def __eq__(self, other): print("eq", self.n, other.n); return self.n == other.n
keys = {Key(n): n for n in (1, 3, 1, 2)}
print(list(keys.values()), Key(3) in keys)
class Default(dict):
    def __missing__(self, key): return f"no {key}"
print(Default(a=1)["b"], Default().get("b"), "%(x)s" % Default(), "{x}".format_map(Default()))
