"""Exception groups in groups, with causes that go in circles."""
group = ValueError("innermost")
for depth in range(3_000):
    group = ExceptionGroup("level", [group, KeyError(depth)])
one, two = TypeError("one"), TypeError("two")
one.__cause__, two.__context__, two.__cause__ = two, one, one
group.__cause__ = one
raise group
