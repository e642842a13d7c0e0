class Vector:
    __slots__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
    def __repr__(self): return f"Vector({self.x}, {self.y})"
    def __add__(self, other): return Vector(self.x + other.x, self.y + other.y) if isinstance(other, Vector) else NotImplemented
    def __radd__(self, other): return self if other == 0 else NotImplemented
    def __mul__(self, k): return Vector(self.x * k, self.y * k)
    __rmul__ = __mul__
    def __neg__(self): return self * -1
    def __bool__(self): return bool(self.x or self.y)
    def __iter__(self): yield from (self.x, self.y)
    def __len__(self): return 2
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __contains__(self, v): return v in (self.x, self.y)
    def __call__(self, *a): return a
    def __format__(self, spec): return f"<{self.x:{spec}},{self.y:{spec}}>"
    def __eq__(self, other): return tuple(self) == tuple(other)
    def __hash__(self): return 7
    def __abs__(self): return (self.x**2 + self.y**2) ** 0.5
    def __divmod__(self, n): return divmod(self.x, n), divmod(self.y, n)
    def __round__(self, n=0): return round(self.x, n), n
    def __iadd__(self, other): self.x += other.x; return self
v = Vector(3, 4)
print(v + v, sum([v, v]), 2 * v, -v, bool(Vector(0, 0)), [*v], len(v), v[1], 4 in v, v(1), f"{v:.1f}", v == (3, 4), {v: 1}[Vector(3, 4)], abs(v), divmod(v, 2), round(v))
v += Vector(1, 1)
for operation in ("v + 1", "1 + v", "v.z", "setattr(v, 'z', 1)", "v[5]", "v @ v", "v < v", "v - v", "~v", "len(5)", "Vector(1)", "Vector.__init__(v)", "object.__getattribute__(v, 'q')", "super().x", "v.x"):
    try:
        print(operation, eval(operation))
    except Exception as error:
        print(operation, type(error).__name__, error)
class A:
    def who(self): return ["A"]
class B(A):
    def who(self): return ["B"] + super().who()
class C(A):
    def who(self): return ["C"] + super().who()
class D(B, C):
    def who(self): return ["D"] + super().who()
print(D().who(), [k.__name__ for k in D.__mro__], issubclass(D, A), isinstance(D(), (int, C)), D.__base__.__name__, D.__qualname__)
try:
    type("E", (A, B), {})
except TypeError as error:
    print(error)
class Lazy:
    def __getattr__(self, name): return f"made {name}"
    def __setattr__(self, name, value): print("set", name); super().__setattr__(name, value)
    def __delattr__(self, name): print("del", name)
    def __dir__(self): return ["z", "a"]
lazy = Lazy()
lazy.x = 1
del lazy.x
print(lazy.x, lazy.y, dir(lazy), vars(lazy), hasattr(lazy, "anything"))
class Meta(type):
    def __new__(mcs, name, bases, namespace, **kw):
        namespace["tags"] = sorted(kw)
        return super().__new__(mcs, name, bases, namespace)
    def __init__(cls, *a, **kw): super().__init__(*a)
    def __prepare__(name, bases, **kw): return {"prepared": True}
    def __instancecheck__(cls, it): return it == "member"
    def __len__(cls): return 42
class Made(metaclass=Meta, b=1, a=2): pass
print(Made.tags, Made.prepared, isinstance("member", Made), len(Made), type(Made).__name__)
class Finite:
    def __init_subclass__(cls, /, limit, **kw): cls.limit = limit
    def __class_getitem__(cls, item): return f"{cls.__name__}[{item}]"
class Ten(Finite, limit=10): pass
print(Ten.limit, Ten[int], Finite["x"])
