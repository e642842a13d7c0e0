"""Deep and circular structures that are compared, hashed, shown, copied, pickled, marshalled and counted."""
from platform_sdk import send_output
import collections, copy, fractions, json, marshal, pickle, types

send_output("HELD:before")
for wrap in (lambda x: (x,), lambda x: [x], lambda x: {"k": x}, lambda x: frozenset([x]), lambda x: collections.deque([x]), lambda x: collections.OrderedDict(k=x), lambda x: types.MappingProxyType({"k": x}), lambda x: types.SimpleNamespace(k=x), lambda x: collections.UserList([x]), lambda x: memoryview(x) if not isinstance(x, int) else memoryview(b"x"), lambda x: staticmethod(x), lambda x: classmethod(x), lambda x: range(0), lambda x: Exception(x)):
    one, two = 1, 1
    for _ in range(40_000):
        one, two = wrap(one), wrap(two)
    circle = wrap([])
    try:
        circle[0].append(circle)
    except Exception:
        pass
    for use in (lambda: one == two, lambda: hash(one), lambda: repr(one), lambda: str(one), lambda: copy.copy(one), lambda: copy.deepcopy(one), lambda: pickle.dumps(one), lambda: pickle.loads(pickle.dumps(one)), lambda: marshal.dumps(one), lambda: json.dumps(one), lambda: one < two, lambda: sorted([one, two]),
                lambda: circle == copy.copy(circle), lambda: repr(circle), lambda: marshal.dumps(circle), lambda: hash(circle), lambda: isinstance(one, fractions.Fraction), lambda: "%s" % one, lambda: f"{one}"):
        try:
            use()
        except (RecursionError, MemoryError, ValueError, TypeError, AttributeError, pickle.PicklingError):
            pass
    del one, two, circle
