import itertools
def echo():
    received = None
    while True:
        try:
            received = yield received
        except ValueError as error:
            received = f"caught {error}"
        finally:
            print("step")
g = echo()
print(next(g), g.send(1), g.throw(ValueError("v")), g.gi_frame is not None)
try:
    g.throw(KeyError("k"))
except KeyError as error:
    print(repr(error), g.gi_frame)
print(next(g, "over"))
def delegate():
    result = yield from inner()
    print("inner gave", result)
    yield from (i * i for i in range(3))
    return "done"
def inner():
    try:
        yield 1
        got = yield 2
        print("got", got)
        return "value"
    finally:
        print("cleanup")
d = delegate()
print(next(d), next(d), d.send("sent"), list(d))
def returns():
    yield
    return 5
r = returns()
next(r)
try:
    next(r)
except StopIteration as stop:
    print(stop.value, stop.args)
def stops():
    yield 1
    raise StopIteration("no")
try:
    list(stops())
except RuntimeError as error:
    print(error, repr(error.__cause__))
def ignores():
    try:
        yield 1
    except GeneratorExit:
        yield 2
i = ignores()
next(i)
try:
    i.close()
except RuntimeError as error:
    print(error)
def primes():
    found = []
    for n in itertools.count(2):
        if all(n % p for p in itertools.takewhile(lambda p: p * p <= n, found)):
            found.append(n)
            yield n
print(list(itertools.islice(primes(), 30)))
def permutations(items):
    if not items: yield []
    for at, item in enumerate(items):
        for rest in permutations(items[:at] + items[at + 1:]): yield [item, *rest]
print(["".join(p) for p in permutations("abc")])
r1 = reentrant = (next(reentrant) for _ in range(1))
try:
    next(r1)
except ValueError as error:
    print(error)
