# Floats as they are written and read, to the last digit.
import math
import struct

values = [0.1, 0.2, 0.1 + 0.2, 1e22, 1e23, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, -0.0, 1 / 3, 2.675]
values += [123456789012345.678, 1e16, 1e15, 9007199254740993.0, 0.5, 1.5, 2.5, 1e-5, 0.0001, 100.0, float("inf"), -float("inf")]
for value in values:
    print(repr(value), str(value), f"{value:.17g} {value:g} {value:e} {value:.3f} {value:12.4}|{value:+.0f}|{value:#.3g}|{value:,.2f}")
    print(value.hex(), float.fromhex(value.hex()) == value, struct.pack(">d", value).hex(), value.is_integer())
    if math.isfinite(value):
        print(value.as_integer_ratio(), math.frexp(value), math.modf(value), math.ulp(value), math.nextafter(value, 0))
        print([round(value, n) for n in (0, 1, 2, 5, -1, -3)] if abs(value) < 1e300 else "large")
print(float("nan") == float("nan"), math.nan in [math.nan], sorted([3.0, -0.0, 0.0, -1.5]), max(0.0, -0.0), min(-0.0, 0.0))
print(math.fsum([0.1] * 10), sum([0.1] * 10), math.prod([0.1] * 3), math.dist((0, 0), (3, 4)), math.hypot(1, 2, 2))
for a, b in ((7.5, 2), (-7.5, 2), (7.5, -2), (1e20, 3), (-0.0, 5), (5.0, float("inf")), (-5.0, float("inf"))):
    print(a // b, a % b, math.fmod(a, b), divmod(a, b), math.remainder(a, b))
for text in ("1_000.5", "  -1e-3\n", "1e", ".5", "5.", "infinity", "NaN", "0x1", "1__0", "１.５", "1e400", "-1e-400"):
    try:
        print(float(text))
    except ValueError as error:
        print(error)
for operation in (lambda: 1.0 / 0, lambda: 1.0 % 0, lambda: int(float("nan")), lambda: int(float("inf")), lambda: math.sqrt(-1), lambda: 10.0**400):
    try:
        print(operation())
    except Exception as error:
        print(type(error).__name__, error if len(error.args) == 1 else "")
print(float(2**1023), [x for x in (2**1024,) if x > 1e308], 1e308 * 10, complex("1e-3-2j"), complex(0.0, -0.0), (1 + 2j) * (3 - 1j), abs(3 + 4j))
