x = "global"
print([x for x in range(3)], x, [(i, j) for i in range(3) for j in range(i) if (i + j) % 2], {i: [j for j in range(i)] for i in range(3)})
print([y := 5, y * 2], y, [last := i for i in range(4)], last, (lambda: x)(), [f() for f in [lambda i=i: i for i in range(3)]], [f() for f in [lambda: i for i in range(3)]])
def outer():
    x = "outer"
    def inner():
        nonlocal x
        x += "!"
        return x
    class C:
        x = "class"
        y = [x for _ in range(1)]
        def method(self): return x
    return inner(), C.y, C().method(), x
print(outer())
def unbound():
    print(z)
    z = 1
for function in (unbound, lambda: undefined_name, lambda: (lambda: nothing)()):
    try:
        function()
    except NameError as error:
        print(type(error).__name__, error)
try:
    del x, x
except NameError as error:
    print(error)
def counter():
    count = 0
    def up(by=1):
        nonlocal count
        count += by
        return count
    return up
a, b = counter(), counter()
print(a(), a(5), b(), a.__closure__[0].cell_contents, a.__code__.co_freevars)
def mutable(item, seen=[]):
    seen.append(item)
    return seen
print(mutable(1), mutable(2), mutable(3, []), mutable.__defaults__)
for source in ("[i for i in (yield)]", "nonlocal q", "def f(a, a): 0", "x = *a", "return 1", "break", "f(a=1, a=2)", "global q; q = 1\nq: int", "def f():\n  x = 1\n  global x", "a + b = c", "lambda: (yield) = 1", "f'{'", "'\\N{nope}'", "0777", "1__0", "async def f(): [await x for x in y", "match 1:\n case a | b: 0"):
    try:
        exec(compile(source, "s", "exec"))
        print("fine", source)
    except (SyntaxError, TypeError, NameError) as error:
        print(type(error).__name__, getattr(error, "msg", error), getattr(error, "lineno", None), getattr(error, "offset", None))
