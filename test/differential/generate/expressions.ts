/**
 * Expressions of a type. What depends on the machine is left out: hashes and what is ordered by them, the size of its
 * integers, addresses, and those functions of the C library (`sin`, `exp`, `**` of floats …) whose last digit is its own
 * business.
 */
import type { Chance } from "./chance.js";

/** Names that may be used in the expression, by the type of what they stand for. */
export type Scope = Readonly<Partial<Record<"int" | "str" | "float", readonly string[]>>>;

const words = [
  "",
  "a",
  "Zebra",
  "Straße",
  "naïve café",
  "ＡＢＣ",
  "x\\ty\\n",
  "日本語",
  "e\\u0301",
  "😀 ok",
  "İı",
  "tab\\there",
  "'q'",
];
const specs = [
  "",
  ">12",
  "<9",
  "^11",
  "*^9",
  "+d",
  "08d",
  "x",
  "#x",
  "#b",
  "o",
  ",",
  "_",
  "_x",
  " d",
  "=+12d",
  "e",
  ".3f",
  "n",
  "%",
];
const floatSpecs = [
  "",
  ".3f",
  "e",
  ".10g",
  "g",
  "%",
  ",.2f",
  "+.1e",
  "012.4f",
  ">15.3",
  "_.2f",
  "z.1f",
  "#.4g",
];
const textSpecs = ["", ">10", "<10", "^10", ".3", "*^12.4", "5.2"];

export class Expressions {
  constructor(
    readonly chance: Chance,
    readonly scope: Scope = {},
  ) {}

  with(scope: Scope): Expressions {
    return new Expressions(this.chance, { ...this.scope, ...scope });
  }

  int(depth = 3): string {
    const { chance } = this;
    const known = this.scope.int ?? [];
    if (known.length > 0 && chance.isOne(3)) return chance.pick(known);
    if (depth <= 0) return this.#intLiteral();
    const int = () => this.int(depth - 1);
    return chance.one(
      () => this.#intLiteral(),
      () => `(${int()} ${chance.pick(["+", "-", "*", "//", "%", "&", "|", "^"])} ${int()})`,
      () => `(${chance.pick(["-", "~", "+"])}${int()})`,
      () => `(${int()} ${chance.pick(["<<", ">>"])} ${chance.number(0, 70)})`,
      () => `(${int()} % 10007) ** ${chance.number(0, 5)}`,
      () => `pow(${int()}, abs(${int()}) % 1000, abs(${int()}) + 1)`,
      () => `divmod(${int()}, ${int()})[${chance.number(0, 1)}]`,
      () => `abs(${int()})`,
      () => `(${int()}).bit_length()`,
      () => `(${int()}).bit_count()`,
      () => `(${int()} if ${this.bool(depth - 1)} else ${int()})`,
      () => `math.gcd(${int()}, ${int()})`,
      () => `math.lcm(${int()}, ${int()})`,
      () => `math.isqrt(abs(${int()}))`,
      () => `math.comb(abs(${int()}) % 40, abs(${int()}) % 40)`,
      () => `math.factorial(abs(${int()}) % 25)`,
      () => `math.floor(${this.float(depth - 1)})`,
      () => `round(${this.float(depth - 1)})`,
      () => `int(${this.float(depth - 1)})`,
      () =>
        `int(${chance.pick(['"12_3"', '" 0x1F "', '"٣٤"', '"z9"', '"-101"', '"1e3"'])}, ${chance.pick([0, 2, 10, 16, 36])})`,
      () => `len(${this.text(depth - 1)})`,
      () => `(${this.text(depth - 1)}).${chance.pick(["find", "rfind", "count", "index"])}(${this.text(0)})`,
      () => `sum(${this.ints(depth - 1)})`,
      () => `${chance.pick(["max", "min"])}(${this.ints(depth - 1)}, default=${int()})`,
      () =>
        `int.from_bytes(${this.bytes(depth - 1)}, "${chance.pick(["big", "little"])}", signed=${chance.pick(["True", "False"])})`,
      () => `zlib.${chance.pick(["crc32", "adler32"])}(${this.bytes(depth - 1)})`,
      () => `sum(map(ord, ${this.text(depth - 1)}))`,
      () => `bisect.bisect(sorted(${this.ints(depth - 1)}), ${int()})`,
    );
  }

  float(depth = 2): string {
    const { chance } = this;
    const known = this.scope.float ?? [];
    if (known.length > 0 && chance.isOne(3)) return chance.pick(known);
    if (depth <= 0) return this.#floatLiteral();
    const float = () => this.float(depth - 1);
    return chance.one(
      () => this.#floatLiteral(),
      () => `(${float()} ${chance.pick(["+", "-", "*", "/", "//", "%"])} ${float()})`,
      () => `(${this.int(depth - 1)} / ${this.int(depth - 1)})`,
      () => `float(${this.int(depth - 1)})`,
      () => `-${float()}`,
      () => `round(${float()}, ${chance.number(-3, 6)})`,
      () => `math.sqrt(abs(${float()}))`,
      () => `math.fsum([${chance.list(0, 5, float).join(", ")}])`,
      () => `math.copysign(${float()}, ${float()})`,
      () => `math.ldexp(${float()}, ${chance.number(-60, 60)})`,
      () => `math.${chance.pick(["frexp", "modf"])}(${float()})[0]`,
      () => `math.fmod(${float()}, ${float()})`,
      () => `math.nextafter(${float()}, ${float()})`,
      () => `math.hypot(${float()}, ${float()})`,
      () =>
        `float(${chance.pick(['"1e400"', '"-inf"', '"nan"', '" 1_0.5 "', '"0x1p3"', '"1e-5"', '"５.５"'])})`,
      () => `float.fromhex("${chance.pick(["0x1.8p3", "-0x.1p-4", "0x1p-1074", "inf"])}")`,
      () =>
        `statistics.${chance.pick(["mean", "median", "fmean"])}([${chance.list(1, 5, float).join(", ")}])`,
    );
  }

  text(depth = 3): string {
    const { chance } = this;
    const known = this.scope.str ?? [];
    if (known.length > 0 && chance.isOne(3)) return chance.pick(known);
    if (depth <= 0) return this.#textLiteral();
    const text = () => this.text(depth - 1);
    const small = () => chance.number(-4, 8);
    return chance.one(
      () => this.#textLiteral(),
      () => `(${text()} + ${text()})`,
      () => `(${text()} * ${chance.number(0, 4)})`,
      () => `(${text()})[${small()}:${small()}]`,
      () => `(${text()})[::${chance.pick([-1, 2, -2, 3])}]`,
      () =>
        `(${text()}).${chance.pick(["upper", "lower", "title", "casefold", "swapcase", "capitalize", "strip", "lstrip", "expandtabs"])}()`,
      () => `(${text()}).replace(${this.text(0)}, ${text()}, ${chance.number(-1, 3)})`,
      () => `(${text()}).join(${this.texts(depth - 1)})`,
      () => `(${text()}).${chance.pick(["center", "ljust", "rjust"])}(${chance.number(0, 14)}, "·")`,
      () => `(${text()}).zfill(${chance.number(0, 12)})`,
      () => `(${text()}).translate({${chance.number(90, 130)}: ${this.text(0)}, 97: None})`,
      () => `f"{${this.int(depth - 1)}:${chance.pick(specs)}}"`,
      () => `f"{${this.float(depth - 1)}:${chance.pick(floatSpecs)}}"`,
      () => `format(${text()}, "${chance.pick(textSpecs)}")`,
      () => `"%s|%r|%a" % (${text()}, ${text()}, ${text()})`,
      () =>
        `"${chance.pick(["%d", "%5.2f", "%x", "%+08d", "%e", "%g", "%-6d|", "%c"])}" % (${this.int(depth - 1)} % 100_000)`,
      () => `"{0!r:>{w}} {n[0]}".format(${text()}, w=${chance.number(0, 20)}, n=${this.ints(depth - 1)})`,
      () => `repr(${this.any(depth - 1)})`,
      () => `ascii(${text()})`,
      () => `str(${this.any(depth - 1)})`,
      () =>
        `json.dumps(${this.data(depth - 1)}, ensure_ascii=${chance.pick(["True", "False"])}, sort_keys=True)`,
      () => `unicodedata.normalize("${chance.pick(["NFC", "NFD", "NFKC", "NFKD"])}", ${text()})`,
      () =>
        `re.sub(r"${chance.pick(["\\\\w+", "[aeiou]", "(?i)[a-m]+", "\\\\s*", "(.)(.)", "^.|.$"])}", ${chance.pick(['"<\\\\g<0>>"', '""', "lambda m: m[0].upper()"])}, ${text()})`,
      () => `textwrap.fill(${text()}, ${chance.number(5, 20)})`,
      () =>
        `(${this.bytes(depth - 1)}).decode("${chance.pick(["utf-8", "latin-1", "ascii", "cp1252", "utf-16-le"])}", "${chance.pick(["replace", "ignore", "backslashreplace", "strict"])}")`,
      () => `(${this.bytes(depth - 1)}).hex("${chance.pick([":", "-"])}")`,
      () =>
        `hashlib.${chance.pick(["sha256", "md5", "sha1", "blake2s", "sha3_224"])}(${this.bytes(depth - 1)}).hexdigest()`,
      () =>
        `base64.${chance.pick(["b64encode", "b32encode", "b85encode", "a85encode", "b16encode"])}(${this.bytes(depth - 1)}).decode()`,
      () => `str(${this.decimal(depth - 1)})`,
      () => `str(${this.fraction(depth - 1)})`,
      () => `(${this.moment(depth - 1)}).isoformat()`,
      () =>
        `(${this.moment(depth - 1)}).strftime("${chance.pick(["%Y-%m-%d", "%j %U %w", "%H:%M:%S.%f", "%a %b", "%y%%"])}")`,
      () => `html.escape(${text()})`,
      () => `urllib.parse.quote(${text()})`,
      () => `string.Template("$a-\${b}").safe_substitute(a=${text()})`,
      () => `chr(abs(${this.int(depth - 1)}) % 0xD800)`,
    );
  }

  bytes(depth = 2): string {
    const { chance } = this;
    if (depth <= 0)
      return chance.pick(['b""', 'b"abc"', 'b"\\x00\\xff\\x80"', "bytes(range(250, 256))", 'b"k=v; \\n"']);
    return chance.one(
      () => this.bytes(0),
      () =>
        `(${this.text(depth - 1)}).encode("${chance.pick(["utf-8", "utf-16", "utf-8-sig", "ascii"])}", "${chance.pick(["replace", "xmlcharrefreplace", "surrogatepass", "namereplace"])}")`,
      () => `(${this.bytes(depth - 1)} + ${this.bytes(depth - 1)})`,
      () => `bytes(x % 256 for x in ${this.ints(depth - 1)})`,
      () => `zlib.decompress(zlib.compress(${this.bytes(depth - 1)}))`,
      () =>
        `struct.pack("${chance.pick(["<iQ", ">hq", "!bH", "<dI"])}", ${this.int(depth - 1)}, ${this.int(depth - 1)})`,
      () => `(abs(${this.int(depth - 1)}) % 2**64).to_bytes(8, "${chance.pick(["big", "little"])}")`,
      () => `(${this.bytes(depth - 1)}).replace(b"a", b"xyz")[::-1]`,
      () => `binascii.hexlify(${this.bytes(depth - 1)})`,
    );
  }

  bool(depth = 2): string {
    const { chance } = this;
    if (depth <= 0) return chance.pick(["True", "False"]);
    const compare = () => chance.pick(["<", "<=", ">", ">=", "==", "!="]);
    return chance.one(
      () => `(${this.int(depth - 1)} ${compare()} ${this.int(depth - 1)})`,
      () => `(${this.float(depth - 1)} ${compare()} ${this.float(depth - 1)})`,
      () => `(${this.text(depth - 1)} ${compare()} ${this.text(depth - 1)})`,
      () => `(${this.text(0)} in ${this.text(depth - 1)})`,
      () => `(not ${this.bool(depth - 1)})`,
      () => `(${this.bool(depth - 1)} ${chance.pick(["and", "or"])} ${this.bool(depth - 1)})`,
      () =>
        `(${this.text(depth - 1)}).${chance.pick(["isalpha", "isdigit", "isdecimal", "isupper", "istitle", "isidentifier", "isprintable", "isspace"])}()`,
      () => `${chance.pick(["any", "all"])}(x % 2 == 0 for x in ${this.ints(depth - 1)})`,
      () =>
        `bool(re.fullmatch(r"${chance.pick(["[a-z]*", ".+", "\\\\w{2,4}", "(a|b)*?c?"])}", ${this.text(depth - 1)}))`,
      () => `(0 ${chance.pick(["<", "<="])} ${this.int(depth - 1)} ${chance.pick(["<", "!="])} 100)`,
    );
  }

  ints(depth = 2): string {
    const { chance } = this;
    const literal = () => `[${chance.list(0, 6, () => this.int(Math.min(1, depth - 1))).join(", ")}]`;
    if (depth <= 0) return literal();
    const inner = this.with({ int: [...(this.scope.int ?? []), "x"] });
    return chance.one(
      literal,
      () =>
        `list(range(${chance.number(-5, 10)}, ${chance.number(-5, 20)}, ${chance.pick([1, 2, 3, -1, -4])}))`,
      () => `[${inner.int(1)} for x in ${this.ints(depth - 1)}]`,
      () => `[x for x in ${this.ints(depth - 1)} if ${inner.bool(1)}]`,
      () =>
        `sorted(${this.ints(depth - 1)}, key=lambda x: (x % ${chance.number(2, 7)}, -x), reverse=${chance.pick(["True", "False"])})`,
      () =>
        `${this.ints(depth - 1)}[${chance.number(-3, 3)}:${chance.number(-3, 9)}:${chance.pick([1, 2, -1])}]`,
      () =>
        `list(itertools.accumulate(${this.ints(depth - 1)}, ${chance.pick(["max", "min", "operator.add", "lambda a, b: a ^ b"])}))`,
      () => `list(itertools.chain(${this.ints(depth - 1)}, ${this.ints(depth - 1)}))`,
      () => `[a * b for a, b in zip(${this.ints(depth - 1)}, ${this.ints(depth - 1)})]`,
      () =>
        `heapq.${chance.pick(["nsmallest", "nlargest"])}(${chance.number(0, 5)}, ${this.ints(depth - 1)})`,
      () => `[len(list(g)) for _, g in itertools.groupby(${this.ints(depth - 1)}, key=lambda x: x > 0)]`,
      () => `list(collections.deque(${this.ints(depth - 1)}, maxlen=${chance.number(0, 5)}))`,
      () =>
        `sorted(set(${this.ints(depth - 1)}) ${chance.pick(["|", "&", "-", "^"])} set(${this.ints(depth - 1)}))`,
      () => `list(dict.fromkeys(${this.ints(depth - 1)}))`,
      () =>
        `random.Random(${chance.number(0, 99)}).${chance.pick(["sample(range(50), 5)", "choices(range(9), k=4)", "sample([1, 2, 3], 3)"])}`,
      () => `list(${this.bytes(depth - 1)})`,
    );
  }

  texts(depth = 2): string {
    const { chance } = this;
    const literal = () => `[${chance.list(0, 4, () => this.text(Math.min(1, depth - 1))).join(", ")}]`;
    if (depth <= 0) return literal();
    return chance.one(
      literal,
      () => `(${this.text(depth - 1)}).split(${chance.pick(["", '"a"', "None, 1"])})`,
      () => `(${this.text(depth - 1)}).splitlines(True)`,
      () => `list((${this.text(depth - 1)}).partition(${chance.pick(['"a"', '" "'])}))`,
      () =>
        `re.findall(r"${chance.pick(["\\\\w+", "[A-Z]?[a-z]", "\\\\d|\\\\s", "."])}", ${this.text(depth - 1)})`,
      () => `sorted(${this.texts(depth - 1)}, key=str.casefold)`,
      () => `["".join(p) for p in itertools.islice(itertools.permutations(${this.text(0)}), 4)]`,
      () => `re.split(r"(\\\\s)", ${this.text(depth - 1)})`,
      () => `difflib.get_close_matches(${this.text(0)}, ${this.texts(depth - 1)})`,
    );
  }

  decimal(depth = 2): string {
    const { chance } = this;
    const literal = () =>
      `Decimal("${chance.pick(["0.1", "1e-7", "-3.14159", "100", "9.99E+20", "0", "NaN", "-Infinity", "1.10"])}")`;
    if (depth <= 0) return literal();
    return chance.one(
      literal,
      () =>
        `(${this.decimal(depth - 1)} ${chance.pick(["+", "-", "*", "/", "//", "%"])} ${this.decimal(depth - 1)})`,
      () => `Decimal(${this.int(1)})`,
      () => `round(${this.decimal(depth - 1)}, ${chance.number(0, 4)})`,
      () =>
        `(${this.decimal(depth - 1)}).quantize(Decimal("0.01"), rounding="${chance.pick(["ROUND_HALF_EVEN", "ROUND_UP", "ROUND_FLOOR", "ROUND_HALF_DOWN"])}")`,
      () => `abs(${this.decimal(depth - 1)}).sqrt()`,
      () =>
        `(${this.decimal(depth - 1)}).${chance.pick(["normalize", "exp", "ln", "to_integral_value", "as_tuple"])}()`,
    );
  }

  fraction(depth = 2): string {
    const { chance } = this;
    if (depth <= 0) return `Fraction(${this.#intLiteral()}, ${chance.number(1, 99)})`;
    return chance.one(
      () => `Fraction(${this.int(1)}, ${this.int(1)})`,
      () => `Fraction("${chance.pick(["3/7", "1.25", "-2e-3", " 5 "])}")`,
      () =>
        `(${this.fraction(depth - 1)} ${chance.pick(["+", "-", "*", "/", "//", "%"])} ${this.fraction(depth - 1)})`,
      () => `Fraction(${this.float(0)}).limit_denominator(${chance.number(1, 1000)})`,
    );
  }

  moment(depth = 2): string {
    const { chance } = this;
    const literal = () =>
      `datetime.datetime(${chance.number(2000, 8999)}, ${chance.number(1, 12)}, ${chance.number(1, 29)}, ${chance.number(0, 23)}, ${chance.number(0, 59)}, ${chance.number(0, 59)}, ${chance.number(0, 999_999)})`;
    if (depth <= 0) return literal();
    return chance.one(
      literal,
      () =>
        `(${this.moment(depth - 1)} + datetime.timedelta(days=${chance.number(-999, 999)}, seconds=${this.float(0)}))`,
      () => `(${this.moment(depth - 1)}).replace(${chance.pick(["day", "month"])}=${chance.number(1, 31)})`,
      () =>
        `datetime.datetime.fromisoformat("${chance.pick(["2024-02-29T12:34:56+05:30", "20240101T000000", "2024-W01-1", "1999-12-31 23:59:59.999999"])}")`,
      () =>
        `(${this.moment(depth - 1)}).replace(tzinfo=datetime.timezone(datetime.timedelta(minutes=${chance.number(-700, 700)}))).astimezone(datetime.timezone.utc)`,
      () => `datetime.datetime.strptime("${chance.pick(["12/25/98", "01/02/03", "99/99/99"])}", "%m/%d/%y")`,
    );
  }

  /** Something that JSON can carry. */
  data(depth = 2): string {
    const { chance } = this;
    if (depth <= 0)
      return chance.one(
        () => this.#intLiteral(),
        () => this.#textLiteral(),
        () => "None",
        () => "True",
        () => this.#floatLiteral(),
      );
    return chance.one(
      () => `[${chance.list(0, 4, () => this.data(depth - 1)).join(", ")}]`,
      () => `{${chance.list(0, 4, (index) => `"k${index}": ${this.data(depth - 1)}`).join(", ")}}`,
      () => `json.loads(json.dumps(${this.data(depth - 1)}))`,
      () => `(${chance.list(1, 3, () => this.data(depth - 1)).join(", ")},)`,
    );
  }

  any(depth = 2): string {
    const { chance } = this;
    return chance.one(
      () => this.int(depth),
      () => this.float(depth),
      () => this.text(depth),
      () => this.bytes(depth),
      () => this.bool(depth),
      () => this.ints(depth),
      () => this.texts(depth),
      () => this.decimal(depth),
      () => this.fraction(depth),
      () => this.moment(depth),
      () => this.data(depth),
      () => `(${this.int(depth - 1)}, ${this.text(depth - 1)})`,
      () => `{${this.text(0)}: ${this.int(depth - 1)}, ${this.int(0)}: None}`,
      () => `collections.Counter(${this.text(depth - 1)}).most_common(3)`,
      () => `${this.moment(depth - 1)} - ${this.moment(depth - 1)}`,
      () => `complex(${this.float(depth - 1)}, ${this.float(depth - 1)})`,
      () => `range(${chance.number(-5, 5)}, ${chance.number(-5, 50)}, ${chance.pick([1, 3, -2])})`,
      () => `slice(${chance.number(0, 3)}, None).indices(${chance.number(0, 9)})`,
    );
  }

  #intLiteral(): string {
    const { chance } = this;
    return chance.one(
      () => String(chance.number(-10, 10)),
      () => String(chance.number(-1_000_000, 1_000_000)),
      () =>
        chance.pick([
          "2**31",
          "2**31 - 1",
          "-2**63",
          "2**64",
          "10**20",
          "-(10**30) - 7",
          "0xFFFF_FFFF",
          "0b1010",
          "0o777",
        ]),
    );
  }

  #floatLiteral(): string {
    const { chance } = this;
    return chance.one(
      () => (chance.number(-100_000, 100_000) / 1_000).toFixed(3),
      () =>
        chance.pick([
          "0.1",
          "-0.0",
          "1e308",
          "5e-324",
          "1e16",
          "123456789.987654321",
          "0.5",
          "2.675",
          "1e22",
          "1/3",
          "1e-7",
        ]),
    );
  }

  #textLiteral(): string {
    return `"${this.chance.pick(words)}"`;
  }
}
