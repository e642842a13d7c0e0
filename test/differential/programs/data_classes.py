import dataclasses as dc
import enum
import typing
from collections import namedtuple
@dc.dataclass(order=True)
class Item:
    sort: int = dc.field(init=False, repr=False)
    name: str
    price: float = 1.5
    tags: list[str] = dc.field(default_factory=list, compare=False)
    kind: typing.ClassVar[str] = "item"
    extra: dc.InitVar[int] = 0
    def __post_init__(self, extra): self.sort = len(self.name) + extra
a, b = Item("bb", tags=["x"]), Item("a", 2.0, extra=5)
print(a, b, a < b, sorted([b, a]), dc.asdict(a), dc.astuple(b), dc.replace(a, name="ccc", extra=0), [f.name for f in dc.fields(Item)], Item.kind)
@dc.dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    x: int
    y: int = 0
f = Fixed(x=1)
print(f, hash(f) == hash(Fixed(x=1)), f == Fixed(x=1, y=0), {f: "v"}[Fixed(x=1)])
for action in ("f.x = 2", "Fixed(1)", "f.z", "Item()", "dc.dataclass(type('L', (), {'__annotations__': {'l': list}, 'l': []}))", "dc.asdict(5)", "dc.make_dataclass('M', [('a', int), ('b', int, 3)])(1)"):
    try: print(action, eval(action) if "=" not in action.split("(")[0] else exec(action))
    except Exception as error: print(action, type(error).__name__, error)
class Color(enum.Enum):
    RED = "r"; GREEN = "g"; ALIAS = "r"
    @property
    def first(self): return self.name[0]
    @classmethod
    def _missing_(cls, value): return cls.GREEN if value == "?" else None
print(list(Color), Color("r"), Color["GREEN"], Color("?"), Color.RED.first, Color.ALIAS is Color.RED, Color.__members__, "r" in Color, repr(Color.RED), str(Color.GREEN))
class Perm(enum.Flag): R = enum.auto(); W = enum.auto(); X = enum.auto(); RW = R | W
class Level(enum.IntEnum): LOW = 1; HIGH = 10
class Name(enum.StrEnum): A = enum.auto(); B = "bee"
print(Perm.R | Perm.X, ~Perm.R, Perm.RW & Perm.W, Perm.R in Perm.RW, list(Perm.RW), Perm(0), bool(Perm(0)), Level.HIGH > Level.LOW, Level.LOW + 1, f"{Level.LOW} {Name.A} {Name.B!r}", [*Level], max(Level))
for action in ("Color('zz')", "Color.NOPE", "Perm(64)", "Color.RED < Color.GREEN", "type('C2', (Color,), {})"):
    try: print(action, eval(action))
    except Exception as error: print(action, type(error).__name__, str(error)[:80])
P = namedtuple("P", "x y class_ x", rename=True)
p = P(1, 2, 3, 4)
print(p, p._fields, p._asdict(), p._replace(x=9), P._make(range(4)), p[1:3], p == (1, 2, 3, 4))
class Emp(typing.NamedTuple):
    name: str
    id: int = 3
    def label(self): return f"{self.name}-{self.id}"
print(Emp("x").label(), Emp.__annotations__, Emp._field_defaults)
class T(typing.TypedDict, total=False): a: int
print(T(a=1), T.__total__, typing.get_type_hints(T), typing.Optional[int], list[int] | None, typing.Literal["a", 1], typing.get_args(dict[str, list[int]]), typing.Callable[[int], str])
def generic[T: (int, str)](x: T) -> list[T]: return [x]
class Box[T]:
    def __init__(self, v: T): self.v = v
type Alias[K] = dict[K, int]
print(generic(1), generic.__type_params__, Box[int], Box[int](3).v, Alias, Alias.__value__)
