import contextlib, sys, types
log = []
def work(n):
    return sum(i & 3 for i in range(n))
def numbers(n):
    try:
        for i in range(n):
            work(3)
            got = yield i
            if got:
                log.append((got, i))
    finally:
        work(25_000)
        log.append("closed")
g = numbers(100_000)
print(next(v for v in g if v == 20_011), g.close(), log)
g = numbers(50_000)
next(g)
for i in range(25_000):
    g.send("x" if i % 10_007 == 0 else None)
try:
    g.throw(ValueError("in"))
except ValueError as error:
    print(repr(error), error.__traceback__.tb_next.tb_frame.f_code.co_name, log)
def delegating(n):
    yield from numbers(n)
print(sum(delegating(25_000)))
class Key:
    def __init__(self, v):
        self.v = v
    def __lt__(self, other):
        return work(2) >= 0 and self.v < other.v
    def __hash__(self):
        return work(2) and hash(self.v)
    def __eq__(self, other):
        return work(2) >= 0 and self.v == other.v
    def __getattr__(self, name):
        return work(2) and name
    def __iter__(self):
        for i in range(3):
            yield i
    def __bool__(self):
        return work(2) >= 0 and self.v % 2 == 0
    def __call__(self, x):
        return x if self else -x
print([key.v for key in sorted(Key(i * 7919 % 1009) for i in range(2000))][:5], len({Key(i % 300): i for i in range(6000)}))
print(sum(1 for i in range(8000) if Key(i)), sum(len(Key(i).abc) for i in range(8000)), sum(map(Key(1), range(9000))), sum(sum(Key(1)) for _ in range(5000)))
@types.coroutine
def now_and_then(i):
    if i % 1000 == 0:
        yield i
    return i & 1
async def counted(n):
    total = 0
    for i in range(n):
        total += await now_and_then(i)
    return total
c = counted(30_000)
waits = 0
try:
    while True:
        c.send(None)
        waits += 1
except StopIteration as stop:
    print(stop.value, waits)
async def each(n):
    for i in range(n):
        yield i
@contextlib.asynccontextmanager
async def around():
    work(25_000)
    yield 5
    work(25_000)
async def together():
    async with around() as v:
        return v + sum([x async for x in each(25_000) if x % 10_000 == 0])
try:
    together().send(None)
except StopIteration as stop:
    print(stop.value)
lines = []
def tracer(frame, event, argument):
    if frame.f_code.co_name == "traced":
        lines.append((event, frame.f_lineno - frame.f_code.co_firstlineno))
        if len(lines) == 9:
            frame.f_lineno = frame.f_code.co_firstlineno + 8
        return tracer
def traced(n):
    total = 0
    for i in range(n):
        total += 1
        if i == 20_500:
            sys.settrace(tracer)
            sys._getframe().f_trace = tracer
        if i == 20_503:
            sys.settrace(None)
    return total
print(traced(30_000), lines)
sys.settrace(None)
events = []
monitoring = sys.monitoring
monitoring.use_tool_id(3, "mine")
for name in ("LINE", "JUMP", "PY_START", "PY_RETURN", "BRANCH"):
    note = lambda code, *where, name=name: events.append((name, code.co_name, *(x for x in where if isinstance(x, int))))
    monitoring.register_callback(3, getattr(monitoring.events, name), note)
def watched(n):
    total = 0
    for i in range(n):
        total += last_bit(i)
        if i == 20_100:
            monitoring.set_events(3, sum(getattr(monitoring.events, name) for name in ("LINE", "JUMP", "PY_START", "PY_RETURN", "BRANCH")))
        if i == 20_103:
            monitoring.set_events(3, 0)
    return total
def last_bit(i):
    return i & 1
print(watched(30_000), events)
monitoring.free_tool_id(3)
def where():
    frame = sys._getframe(1)
    return frame.f_lineno - frame.f_code.co_firstlineno, frame.f_lasti
print(len({(where(), work(2))[0] for _ in range(25_000)}))
def deep(n):
    work(2)
    return deep(n - 1) if n else 1 // n
for _ in range(150):
    try:
        deep(100)
    except ZeroDivisionError as error:
        frames, step = 0, error.__traceback__
        while step:
            frames, step = frames + 1, step.tb_next
print(frames)
