import decimal
import statistics
from decimal import Decimal as D
from fractions import Fraction as F
decimal.getcontext().prec = 12
values = [D("0.1"), D("1E+3"), D("-7.50"), D("0"), D("-0"), D("1e-20"), D("123456789.123456789"), D("Infinity"), D("NaN"), D(0.1), D(7) / 3]
for a in values:
    print(a, repr(a), float(a), f"{a:.3f} {a:e} {a:,} {a:>12.4g}|", a.as_tuple(), a.is_signed(), a.adjusted() if a.is_finite() else "-")
    for b in (D("3"), D("-0.07"), D("0")):
        for name in ("+", "-", "*", "/", "//", "%", "**"):
            try: print(name, eval(f"a {name} b"), end=" ")
            except decimal.DecimalException as error: print(name, type(error).__name__, end=" ")
    print()
for rounding in ("ROUND_UP", "ROUND_DOWN", "ROUND_CEILING", "ROUND_FLOOR", "ROUND_HALF_UP", "ROUND_HALF_DOWN", "ROUND_HALF_EVEN", "ROUND_05UP"): print(rounding, [str(D(x).quantize(D("1"), rounding=rounding)) for x in ("2.5", "-2.5", "1.5", "1.1", "-1.9", "0.5")])
for text in ("1_0.5", " 5 ", "0x1", "1e", "", "sNaN", "٣.٥", "--1"):
    try: print(D(text))
    except decimal.InvalidOperation as error: print(ascii(text), error)
with decimal.localcontext() as ctx:
    ctx.prec, ctx.Emax = 50, 999
    print(D(2).sqrt(), D(1).exp(), D(10).ln(), D(2) ** D("0.5"), D(7) / 9)
    ctx.traps[decimal.Inexact] = True
    try: D(1) / 3
    except decimal.Inexact: print("inexact", [str(f).split(".")[-1] for f, on in ctx.flags.items() if on])
print(D("1.10") == D("1.1"), D("1.10").normalize(), D(1) == 1.0, D("0.1") == 0.1, D(3).compare(D("3.0")), D("1.10").compare_total(D("1.1")), max(D(1), D("1.0")), sum([D("0.1")] * 10), round(D("2.675"), 2), hash(D("1.0")) == hash(1))
for action in ("D(1) + 1.0", "D('NaN') < 1", "int(D('NaN'))", "D(10) ** 1000000000", "F(1, 0)", "F('1/0')", "F(1.5) + D(1)", "F('x')", "F(float('nan'))"):
    try: print(action, eval(action))
    except Exception as error: print(action, type(error).__name__, error)
fractions = [F(1, 3), F("-2.5"), F(0.1), F("1e-3"), F(10, -4), F(7)]
print(fractions, [str(f) for f in sorted(fractions)], [f.limit_denominator(50) for f in fractions], [round(f) for f in fractions], [round(f, 2) for f in fractions], [f"{f:.4f}" for f in fractions], F(1, 3) ** 2, F(1, 3) ** -2, F(7, 2) // 1, F(-7, 2) % 2, F(1, 2) == 0.5, float(F(2, 3)), divmod(F(7, 2), F(1, 3)))
data = [1, 2, 2, 3.5, F(9, 2), 10]
print(statistics.mean([F(1, 3), F(2, 3)]), statistics.median(data), statistics.mode("aabb"), statistics.multimode("aabb"), statistics.quantiles(range(10), n=4), statistics.variance([1, 2, 3, 4]), statistics.mean([D("0.1"), D("0.2")]), statistics.fmean([1, 2, 4]), statistics.harmonic_mean([40, 60]))
