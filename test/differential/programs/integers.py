# Integers beyond every word of a machine, and the rules of division.
for a in (7, -7, 2**31, -(2**31), 2**63 - 1, -(2**64), 10**40, 0):
    for b in (2, -2, 3, 2**31 - 1, -(10**19)):
        print(a // b, a % b, divmod(a, b) == (a // b, a % b), (a // b) * b + a % b == a)
for n in range(0, 200, 17):
    x = 3**n
    print(n, x, x.bit_length(), x.bit_count(), hex(x), oct(x)[-5:], bin(x).count("1"))
    assert int(str(x)) == x and int(hex(x), 16) == x
for shift in (0, 1, 15, 29, 30, 31, 32, 59, 60, 61, 64, 100):
    print(1 << shift, -1 << shift, (2**100 + 7) >> shift, (-(2**100) - 7) >> shift)
print(pow(3, -1, 7), pow(2, 10**6, 10**9 + 7), pow(-3, 5, -7))
for bad in ("", " ", "1__0", "0x", "_1", "1_", "٣x", "0b12", "1e5", "+-1", "0o8"):
    try:
        print(int(bad, 0))
    except ValueError as error:
        print(error)
print(int.from_bytes(b"\xff\x00\x80", "big", signed=True), (-128).to_bytes(1, "little", signed=True))
for value, size in ((256, 1), (-1, 1), (128, 1)):
    try:
        print(value.to_bytes(size, "big", signed=value == 128))
    except OverflowError as error:
        print(error)
try:
    int("9" * 5000)
except ValueError as error:
    print(error)
print(round(12345, -2), round(15, -1), round(25, -1), round(-35, -1), round(5, -1), (5).as_integer_ratio())
print(True + True, ~True == -2, isinstance(True, int), 10**18 == 10**18 + 0.0, 2**53 + 1 == float(2**53 + 1))
