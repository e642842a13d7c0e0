"""Exact numbers with as many digits as memory has bytes."""
import decimal, fractions

decimal.getcontext().prec = decimal.MAX_PREC
decimal.getcontext().Emax = decimal.MAX_EMAX
try:
    decimal.Decimal(1) / 3
except (MemoryError, decimal.InvalidOperation):
    pass
decimal.getcontext().prec = 1_000_000
value = decimal.Decimal(2)
while True:
    value = value.sqrt() + fractions.Fraction(1, 3).limit_denominator(10**6).numerator
