import contextvars, gc, inspect, string, types, warnings, weakref, abc, functools, copy
def f(a, /, b, *c, d: int = 1, **e) -> None: "doc"
print(inspect.signature(f), f.__annotations__, f.__kwdefaults__, inspect.getfullargspec(f), [str(p.kind) for p in inspect.signature(f).parameters.values()], inspect.signature(functools.partial(f, 1, d=5)))
for call in ("f()", "f(1)", "f(1, 2, 3, d=4, z=5)", "f(a=1, b=2)", "f(1, 2, b=3)", "f(1, **{'b': 2})", "f(*[1, 2], *[3])", "f(1, 2, **{1: 2})", "(lambda x, y: 0)(1)", "(lambda: 0)(1, 2)", "print(sep=1)", "len()", "len(1, 2)", "int('x', y=1)", "str.upper()", "''.join(1)", "[].append()", "max()", "sorted(1)", "range()", "isinstance(1, 'x')"):
    try: print(call, eval(call))
    except TypeError as error: print(call, error)
for expression in ("'a' + 1", "1 + 'a'", "[] + ()", "None + 1", "-'a'", "'a' * 'b'", "1 < 'a'", "{} < {}", "'a'['b']", "[]['a']", "5[0]", "5()", "None.x", "(1).x", "{}.x", "f.x", "1 in 5", "iter(5)", "next(5)", "next([])", "hash([])", "[] @ []", "not_defined", "'%d' % 'x'", "'%s %s' % 1", "abs('x')", "chr(-1)", "chr(0x110000)", "ord('ab')", "int([])", "float('x')", "complex('x')", "bytes(-1)", "bytes([256])", "'a'.encode('nope')", "dict(1)", "set(1)", "[1, 2][1.0]", "slice(1)[0]", "import_", "round('x')", "sum(['a'])", "open(5.5)", "divmod(1, 0)", "pow(2, -1, 4)", "type()", "super()", "object(1)", "issubclass(1, int)", "__import__('nope')", "getattr(1, 'x')", "vars(1)", "dir(1)[:1]", "eval('(')", "breakpoint"):
    try: print(expression, "=", eval(expression))
    except Exception as error: print(expression, "!", type(error).__name__, error)
class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...
    @property
    @abc.abstractmethod
    def name(self): ...
for action in ("Shape()", "type('Half', (Shape,), {'area': lambda s: 1})()", "type('Whole', (Shape,), {'area': lambda s: 1, 'name': 'n'})().name"):
    try: print(eval(action))
    except TypeError as error: print(error)
class Tracked:
    def __del__(self): print("deleted")
t = Tracked(); ref = weakref.ref(t, lambda r: print("dead", r() is None)); print(ref() is t); del t; print(ref())
cycle = Tracked(); cycle.me = cycle; del cycle; gc.collect()
var = contextvars.ContextVar("v", default=1); token = var.set(2); print(var.get(), contextvars.copy_context()[var], contextvars.Context().run(lambda: var.get())); var.reset(token); print(var.get())
with warnings.catch_warnings(record=True) as caught: warnings.simplefilter("always"); warnings.warn("careful", DeprecationWarning); print([(str(w.message), w.category.__name__) for w in caught])
module = types.ModuleType("made"); exec("x = 1\ndef g(): return x", module.__dict__); print(module.g(), module.__name__, types.SimpleNamespace(a=1), types.MappingProxyType({"k": 1})["k"], type(lambda: 0).__name__, type(f.__code__).__name__, inspect.isgeneratorfunction(lambda: (yield)))
print([type(x).__name__ for x in (1, 1.0, 1j, "", b"", [], (), {}, set(), None, ..., NotImplemented, range(1), slice(1), type, len, f, (i for i in []), iter([]), {}.keys(), memoryview(b""), zip(), map(str, []), property())], callable(f), id(f) == id(f), repr(len), repr(int), repr(print), str(type(1)))
