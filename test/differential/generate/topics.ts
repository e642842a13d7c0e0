/** Pieces of programs, each about a part of the language, filled with expressions. */
import type { Chance } from "./chance.js";
import type { Expressions } from "./expressions.js";

/** Lines, and after them `show(…)` has printed what came of it. */
export type Topic = (chance: Chance, of: Expressions) => readonly string[];

const indented = (lines: readonly string[]) => lines.map((line) => `    ${line}`);
/** What raises is printed too, and no end of the program. */
const attempt = (lines: readonly string[]) => [
  "try:",
  ...indented(lines),
  "except Exception as e:",
  "    fail(e)",
];
const errors = ["ValueError", "KeyError", "TypeError", "ZeroDivisionError", "LookupError", "ArithmeticError"];

export const topics: readonly Topic[] = [
  (chance, of) => chance.list(3, 8, () => attempt([`show(${of.any(3)})`])).flat(),

  // Functions, closures, decorators.
  (chance, of) => {
    const inner = of.with({ int: ["a", "b", "count"] });
    return [
      "def outer(a, /, b=1, *rest, key=2, **more):",
      "    count = 0",
      "    def inner(b):",
      "        nonlocal count",
      "        count += 1",
      `        return ${inner.int(2)}`,
      ...chance.pick([["    inner = functools.lru_cache(maxsize=2)(inner)"], []]),
      `    return [inner(b), inner(a), inner(key), count, len(rest), sorted(more)]`,
      ...attempt([`show(outer(${of.int(1)}, ${of.int(1)}, ${of.int(0)}, key=${of.int(1)}, z=1))`]),
      ...attempt([
        `show(outer(*[${of.int(0)}] * ${chance.number(0, 3)}, **{"${chance.pick(["key", "a", "other"])}": 3}))`,
      ]),
      ...attempt([`show(inspect.signature(outer))`]),
    ];
  },

  // Generators.
  (chance, of) => {
    const inner = of.with({ int: ["i", "sent"] });
    return [
      "def walk(n):",
      "    sent = 0",
      "    try:",
      "        for i in range(n):",
      `            sent = (yield ${inner.int(2)}) or 0`,
      `            if ${inner.bool(1)}:`,
      `                yield from [${inner.int(1)}, sent]`,
      "        return sent",
      "    finally:",
      "        show('closed', sent)",
      `g = walk(${chance.number(0, 5)})`,
      ...attempt([
        "show(next(g))",
        `show(g.send(${of.int(0)}))`,
        `show(g.throw(${chance.pick(errors)}("thrown")))`,
      ]),
      ...attempt(["show(list(g))"]),
      ...attempt([`show(list(itertools.islice(walk(${chance.number(3, 9)}), ${chance.number(0, 6)})))`]),
      "g.close()",
    ];
  },

  // Classes.
  (chance, of) => {
    const inner = of.with({ int: ["self.n", "other.n"] });
    const op = chance.pick(["add", "sub", "mul", "matmul", "and", "floordiv"]);
    const sign = { add: "+", sub: "-", mul: "*", matmul: "@", and: "&", floordiv: "//" }[op];
    return [
      "class Base:",
      "    made = 0",
      "    def __init_subclass__(cls, **kw):",
      "        super().__init_subclass__()",
      "        show('subclass', cls.__name__, kw)",
      "    def __init__(self, n): self.n = n; type(self).made += 1",
      `    def __repr__(self): return f"{type(self).__qualname__}({self.n!r})"`,
      `    def __${op}__(self, other): return type(self)(${inner.int(2)})`,
      "    def __eq__(self, other): return isinstance(other, Base) and self.n == other.n",
      "    def __lt__(self, other): return self.n < other.n",
      "    @property",
      `    def twice(self): return self.n * 2`,
      "    @twice.setter",
      "    def twice(self, value): self.n = value // 2",
      "    @classmethod",
      `    def of(cls, n): return cls(n ${chance.pick(["+", "*"])} 3)`,
      "    @staticmethod",
      `    def plain(n): return n - 1`,
      "    def who(self): return ['base']",
      "class Left(Base, tag=1):",
      "    def who(self): return ['left'] + super().who()",
      "class Right(Base):",
      "    def who(self): return ['right'] + super().who()",
      `class Both(${chance.pick(["Left, Right", "Right, Left"])}): __slots__ = ("extra",)`,
      `a, b = Both(${of.int(1)}), Left.of(${of.int(1)})`,
      ...attempt([
        `show(a ${sign} b, a == b, a < b, sorted([b, a]), a.who(), [c.__name__ for c in Both.__mro__])`,
      ]),
      ...attempt([`a.twice = ${of.int(1)}`, "show(a.twice, a.n, Base.plain(a.n), Base.made, Both.made)"]),
      ...attempt(["show(hash(a))"]),
      ...attempt([
        `show(getattr(a, "${chance.pick(["who", "missing", "extra"])}", ${of.int(0)}) is not None, a.extra)`,
      ]),
      ...attempt(["class Bad(Base, Left): pass"]),
    ];
  },

  // Exceptions.
  (chance, of) => [
    "class Own(Exception):",
    "    def __init__(self, *args): super().__init__(*args); self.add_note('noted')",
    "def risky(n):",
    "    try:",
    `        if n % 3 == 0: raise ${chance.pick(errors)}(n)`,
    `        if n % 3 == 1: raise Own(n, "own") from ${chance.pick(["None", "OSError(2, 'no')", "ValueError()"])}`,
    "        return n",
    `    except ${chance.pick(["(ValueError, KeyError)", "Own", "LookupError", "ArithmeticError"])} as e:`,
    "        return ('caught', type(e).__name__, e.args)",
    "    else:",
    "        show('never')",
    "    finally:",
    "        show('finally', n)",
    ...chance.list(2, 4, () => attempt([`show(risky(${of.int(1)}))`])).flat(),
    "def chain(e):",
    "    while e: yield type(e).__name__; e = e.__cause__ or (None if e.__suppress_context__ else e.__context__)",
    "try:",
    "    try: [][1]",
    `    except IndexError: ${chance.pick(['raise KeyError("k")', "raise RuntimeError from ValueError(1)", "raise", "1 / 0"])}`,
    "except Exception as e:",
    "    show(list(chain(e)), e.args, getattr(e, '__notes__', None))",
    "try:",
    `    raise ExceptionGroup("many", [ValueError(1), TypeError("t"), ExceptionGroup("in", [${chance.pick(errors)}("x")])])`,
    `except* ${chance.pick(["ValueError", "LookupError", "(TypeError, KeyError)"])} as eg:`,
    "    show(eg, eg.exceptions)",
    "except* Exception as eg:",
    "    show('rest', repr(eg))",
  ],

  // Pattern matching.
  (chance, of) => [
    "@dataclasses.dataclass(order=True, frozen=True)",
    "class Point:",
    "    x: int",
    `    y: int = ${of.int(0)}`,
    "def kind(v):",
    "    match v:",
    `        case ${chance.pick(["0 | 1 | 2", "int(n) if n > 5", "-1"])}: return 'number'`,
    "        case [a, *rest, b]: return ('list', a, rest, b)",
    "        case {'k0': k, **more}: return ('dict', k, sorted(more))",
    `        case Point(x=${chance.pick(["0", "int(x)", "x"])}, y=y): return ('point', y)`,
    "        case str() as s if s: return ('text', s)",
    "        case (float() | complex()) as f: return ('float', f)",
    "        case None | True | False: return 'constant'",
    "        case _: return ('other', type(v).__name__)",
    ...chance.list(3, 6, () => attempt([`show(kind(${of.any(1)}))`])).flat(),
    ...attempt([
      `show(kind(Point(${of.int(0)})), sorted([Point(2, 1), Point(${of.int(0)})]), dataclasses.asdict(Point(1)))`,
    ]),
    ...attempt(["Point(1).x = 2"]),
  ],

  // asyncio.
  (chance, of) => {
    const inner = of.with({ int: ["n"] });
    return [
      "async def work(n, log):",
      "    log.append(n)",
      `    await asyncio.sleep(${chance.pick(["0", "0.001 * (n % 3)"])})`,
      `    if n % ${chance.number(3, 6)} == 2: raise ValueError(n)`,
      `    return ${inner.int(2)}`,
      "async def numbers(n):",
      "    for i in range(n):",
      "        await asyncio.sleep(0)",
      "        yield i",
      "async def main():",
      "    log = []",
      `    results = await asyncio.gather(*(work(n, log) for n in range(${chance.number(1, 6)})), return_exceptions=True)`,
      "    show(log, results)",
      `    show([x async for x in numbers(${chance.number(0, 5)}) if x % 2 == 0])`,
      "    try:",
      "        async with asyncio.timeout(0.001): await asyncio.sleep(60)",
      "    except TimeoutError: show('late')",
      "    queue = asyncio.Queue(2)",
      "    async def fill():",
      `        for i in range(${chance.number(0, 5)}): await queue.put(i)`,
      "        await queue.put(None)",
      "    async with asyncio.TaskGroup() as group:",
      "        group.create_task(fill())",
      "        while (item := await queue.get()) is not None: show(item)",
      ...attempt(["asyncio.run(main())"]),
    ];
  },

  // Containers that change.
  (chance, of) => {
    const steps = [
      () => `d[${of.text(1)}] = ${of.int(1)}`,
      () => `d.pop(${of.text(0)}, None)`,
      () => `l.insert(${chance.number(-3, 5)}, ${of.int(1)})`,
      () => `l[${chance.number(-2, 3)}:${chance.number(-2, 5)}] = ${of.ints(1)}`,
      () => `del l[${chance.number(-3, 3)}]`,
      () => `l.${chance.pick(["sort()", "reverse()", "pop()", "clear()", "append(l[:1])", "extend(l)"])}`,
      () => `d |= {${of.text(0)}: ${of.int(0)}}`,
      () => `q.${chance.pick(["rotate(2)", "appendleft(0)", "popleft()", "extend(l)"])}`,
      () => `c.${chance.pick(["update", "subtract"])}(${of.text(1)})`,
      () => `l *= ${chance.number(0, 2)}`,
      () => `o.move_to_end(${chance.pick(['"a"', '"b"'])}, last=${chance.pick(["True", "False"])})`,
      () => `dd[${of.text(0)}].append(${of.int(0)})`,
      () => `heapq.heappush(h, ${chance.number(-99, 99)}); heapq.heappop(h)`,
    ];
    return [
      "d, l, q, c = {}, [3, 1, 2], collections.deque([1, 2], maxlen=5), collections.Counter()",
      "o, dd, h = collections.OrderedDict(a=1, b=2), collections.defaultdict(list), [1, 5]",
      ...chance.list(4, 12, () => attempt([chance.pick(steps)()])).flat(),
      "show(d, l, q, c, o, dd, h)",
      ...attempt(["show(+c, c.total(), list(reversed(d)), collections.ChainMap(d, {'z': 1}).get('z'))"]),
    ];
  },

  // Context managers and flow.
  (chance, of) => [
    "class Held:",
    "    def __init__(self, name, swallow): self.name, self.swallow = name, swallow",
    "    def __enter__(self): show('enter', self.name); return self",
    "    def __exit__(self, kind, e, tb): show('exit', self.name, kind and kind.__name__); return self.swallow",
    "def flow(n):",
    "    for i in range(n):",
    "        with Held('a', i % 2 == 0), Held('b', False):",
    `            if i == ${chance.number(0, 4)}: continue`,
    `            if i == ${chance.number(0, 4)}: ${chance.pick(["break", "return 'early'", "raise KeyError(i)", "1 / 0"])}`,
    "    else: return 'whole'",
    "    return 'broken'",
    ...attempt([`show(flow(${chance.number(0, 5)}))`]),
    "with contextlib.ExitStack() as stack, contextlib.suppress(ZeroDivisionError):",
    "    for name in 'xy': stack.enter_context(Held(name, False))",
    ...indented(attempt([`show(${of.any(2)})`])),
    "while (n := len(str(locals().get('n', '')))) < 1: show('once')",
    `show([y := ${of.int(1)}, y ** 2], (lambda *a, k=${of.int(0)}: (a, k))(*"ab"))`,
  ],

  // Enums, named tuples, descriptors, metaclasses.
  (chance, of) => [
    "class Color(enum.Enum):",
    "    RED = enum.auto()",
    `    BLUE = ${chance.number(3, 9)}`,
    "    NAVY = BLUE",
    "class Perm(enum.Flag): R = 4; W = 2; X = 1",
    ...attempt([`show(list(Color), Color(${chance.number(0, 4)}), Color.NAVY is Color.BLUE)`]),
    ...attempt([`show(Perm(${chance.number(0, 9)}), Perm.R | Perm.X, ~Perm.W, list(Perm.R | Perm.W))`]),
    "Pair = collections.namedtuple('Pair', 'a b', defaults=[0])",
    ...attempt([`show(Pair(${of.int(1)}), Pair(1)._replace(b=${of.int(0)}), Pair(*${of.ints(1)}))`]),
    "class Checked:",
    "    def __set_name__(self, owner, name): self.name = name",
    "    def __get__(self, it, owner=None): return self if it is None else it.__dict__.get(self.name, 'unset')",
    "    def __set__(self, it, value):",
    `        if ${of.with({ int: ["value"] }).bool(2)}: raise ValueError(f"{self.name}={value!r}")`,
    "        it.__dict__[self.name] = value",
    "class Meta(type):",
    "    def __call__(cls, *a): show('call', a); return super().__call__(*a)",
    "    def __getattr__(cls, name): return f'meta {name}'",
    "class Thing(metaclass=Meta): n = Checked()",
    "t = Thing()",
    ...attempt([`show(t.n, Thing.other)`, `t.n = ${of.int(1)}`, "show(t.n)"]),
    ...attempt([`show(operator.attrgetter('n.real')(t), type(Thing).__name__, isinstance(t, Thing))`]),
  ],

  // Text that is parsed.
  (chance, of) => [
    ...attempt([
      `show(json.loads('${chance.pick(["[1, 2.50, 1e3]", '{"a": {"b": null}}', "[1,]", '"\\\\u00e9"', "NaN", "{'a': 1}", "-0", `1${"0".repeat(30)}`])}'))`,
    ]),
    ...attempt([
      `show(ast.literal_eval(${chance.pick(['"{1: (2, [3])}"', '"-1.5e3"', '"f(x)"', "\"b'x' b'y'\""])}))`,
    ]),
    ...attempt([
      `show(eval(${chance.pick(['"1 +"', '"[i for i in range(3)]"', '"(yield)"', '"x := 1"', "\"'a' 'b'\""])}))`,
    ]),
    ...attempt([
      `show(list(csv.reader(io.StringIO(${of.text(2)} + ',"q""x",\\n1;2'), skipinitialspace=True)))`,
    ]),
    ...attempt([
      `show(urllib.parse.urlsplit("${chance.pick(["http://u:p@h:80/p;x?q=1#f", "//h/p", "mailto:a@b", "http://[::1]:x/"])}"))`,
    ]),
    ...attempt([
      `show([t.string for t in tokenize.generate_tokens(io.StringIO("${chance.pick(["x = 1 # c", "def f(a): pass", "'a' \\\\n b", "0b12"])}").readline)])`,
    ]),
    ...attempt([
      `show(xml.etree.ElementTree.tostring(xml.etree.ElementTree.fromstring("<a b='1'>x<c/>${chance.pick(["</a>", "</b>", "&amp;</a>"])}")))`,
    ]),
    ...attempt([
      `m = re.search(r"(?P<w>\\w+)\\s(?=(\\d)?)", ${of.text(2)} + " 5")`,
      "show(m and (m.groupdict(), m.span(), m.groups('none')))",
    ]),
    ...attempt([`show(shlex.split(${of.text(1)} + " 'a b' c"), fnmatch.filter(${of.texts(1)}, "*a*"))`]),
    ...attempt([`show(pprint.pformat(${of.data(3)}, width=${chance.number(10, 60)}))`]),
    ...attempt([
      `show(struct.unpack("${chance.pick(["<hh", ">I", "!4s", "<e2x", "<q"])}", (${of.bytes(1)} + bytes(8))[:${chance.pick([4, 8])}]))`,
    ]),
    ...attempt([
      `show(ipaddress.ip_network("${chance.pick(["10.0.0.0/29", "10.0.0.1/29", "::/126", "1.2.3.256"])}").num_addresses)`,
    ]),
    ...attempt([
      `show(array.array("${chance.pick(["b", "h", "d", "f", "q"])}", [x % 100 for x in ${of.ints(1)}]).tolist(), memoryview(b"abcdef")[1:5:2].tobytes())`,
    ]),
    ...attempt([
      `show(pickle.loads(pickle.dumps(${of.data(2)}, protocol=${chance.number(0, 5)})), copy.deepcopy(${of.data(2)}))`,
    ]),
  ],
];
