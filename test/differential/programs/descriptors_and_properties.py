import functools
class Typed:
    def __init__(self, kind): self.kind = kind
    def __set_name__(self, owner, name): self.name = "_" + name; print("named", name, owner.__name__)
    def __get__(self, it, owner): return self if it is None else getattr(it, self.name, None)
    def __set__(self, it, value):
        if not isinstance(value, self.kind): raise TypeError(f"{self.name[1:]} must be {self.kind.__name__}")
        setattr(it, self.name, value)
    def __delete__(self, it): delattr(it, self.name)
class Person:
    name, age = Typed(str), Typed(int)
    def __init__(self, name, age): self.name, self.age = name, age
    @property
    def label(self): "The label."; return f"{self.name}:{self.age}"
    @label.setter
    def label(self, text): self.name, age = text.split(":"); self.age = int(age)
    @label.deleter
    def label(self): del self.name
    @functools.cached_property
    def costly(self): print("computed"); return self.age**2
p = Person("ann", 5)
print(p.label, p.costly, p.costly, Person.age.kind, Person.label.__doc__)
p.label = "bob:7"
print(p.name, p.age, p.costly)
del p.label
print(p.name)
for action in ("p.age = 'x'", "Person(1, 2)", "p.costly = 3", "del p.costly", "del p.costly", "p.label = 'x'"):
    try:
        exec(action)
        print(action, p.__dict__)
    except Exception as error:
        print(action, type(error).__name__, error)
class ReadOnly:
    @property
    def x(self): return 1
    @classmethod
    def made(cls, *a): return cls, a
    @staticmethod
    def plain(*a): return a
try:
    ReadOnly().x = 2
except AttributeError as error:
    print(error)
print(ReadOnly.made(1)[0] is ReadOnly, ReadOnly().plain(1), ReadOnly.made.__self__ is ReadOnly, ReadOnly.__dict__["plain"].__func__(2), ReadOnly().made.__func__.__name__)
def log(prefix):
    def wrap(f):
        @functools.wraps(f)
        def inner(*a, **k):
            print(prefix, f.__name__, a, k)
            return f(*a, **k)
        inner.plain = f
        return inner
    return wrap
@log("outer")
@log("inner")
def add(a, b=2):
    "Adds."
    return a + b
print(add(1), add(1, b=5), add.__name__, add.__doc__, add.__wrapped__.__wrapped__(3))
class Once:
    def __init__(self, f): self.f, self.calls = f, 0
    def __call__(self, *a): self.calls += 1; return self.f(*a)
    def __get__(self, it, owner): return functools.partial(self, it)
class Uses:
    @Once
    def m(self, n): return n + 1
u = Uses()
print(u.m(1), u.m(2), Uses.__dict__["m"].calls)
