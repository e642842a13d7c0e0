import abc, gc, types, weakref
log = []
def make(cls, *arguments):
    try:
        return cls(*arguments)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
def often(cls, argument=1):
    for _ in range(30):
        made = make(cls, argument)
    return made
class Plain:
    __slots__ = ("x", "__weakref__")
    def __init__(self, x):
        self.x = x
    def __del__(self):
        log.append(self.x)
often(Plain)
print(len(log))
one = make(Plain, 2)
known = weakref.ref(one)
print(known() is one, gc.is_tracked(one))
del one
print(known(), log[-1])
class More(Plain):
    __slots__ = ("y",)
    def __init__(self, x, y=2):
        super().__init__(x)
        self.y = y
print(often(More).y)
More.__init__ = lambda self, x: setattr(self, "x", "another")
print(make(More, 1).x, hasattr(make(More, 1), "y"))
del More.__init__
print(make(More, 1).x)
More.__new__ = lambda cls, *arguments: 5
print(make(More, 1))
class Returning:
    __slots__ = ("x",)
    def __init__(self, x):
        return x
print(often(Returning, None).__class__.__name__, make(Returning, 5))
class Abstract(metaclass=abc.ABCMeta):
    __slots__ = ("x",)
    def __init__(self, x):
        self.x = x
    @abc.abstractmethod
    def f(self): ...
class Concrete(Abstract):
    __slots__ = ()
    def f(self): ...
print(often(Abstract), often(Concrete).x)
def of(base, slots=("q",)):
    def __init__(self, x):
        if slots:
            setattr(self, slots[-1], x)
    return type(f"Of{base.__name__}", (base,), {"__slots__": slots, "__init__": __init__})
for base, slots in ((object, ("__dict__", "z")), (object, ()), (dict, ("q",)), (list, ("q",)), (Exception, ("q",)), (types.SimpleNamespace, ("q",)), (tuple, ()), (int, ())):
    made = often(of(base, slots), (7,) if base is tuple else 7)
    print(base.__name__, getattr(made, slots[-1], None) if slots else made == 7, gc.is_tracked(made), isinstance(made, base))
class Keywords:
    __slots__ = ("a", "b")
    def __init__(self, a, *, b=3):
        self.a, self.b = a, b
print(often(Keywords).b)
Keywords.__init__.__kwdefaults__ = {"b": 9}
print(make(Keywords, 1).b)
class Generating:
    __slots__ = ("a",)
    def __init__(self, a):
        yield a
print(often(Generating))
class Nested:
    __slots__ = ("inner",)
    def __init__(self, n):
        self.inner = Nested(n - 1) if n else None
print(often(Nested, 20).inner.inner.inner is not None, make(Nested, 300).inner is not None, make(Nested, 5000)[:14])
class Raising:
    __slots__ = ("a",)
    def __init__(self, a):
        self.a = a
        raise KeyError(a)
kept = []
for i in range(30):
    try:
        Raising(i)
    except KeyError as error:
        kept.append(error.__traceback__.tb_next.tb_frame.f_locals["self"])
print(len(kept), kept[-1].a, gc.is_tracked(kept[-1]))
class Meta(type):
    def __call__(cls, *arguments):
        return "of the metaclass"
class WithMeta(metaclass=Meta):
    __slots__ = ("n",)
    def __init__(self, n):
        self.n = n
print(often(WithMeta))
