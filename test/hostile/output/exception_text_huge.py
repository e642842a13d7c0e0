"""An exception whose name, text, notes and causes are all enormous."""
Odd = type("E" * 5_000_000, (Exception,), {"__str__": lambda self: "\x1b[2J\0" * 3_000_000})
odd = Odd("x" * 5_000_000)
odd.__notes__ = ["n" * 5_000_000] * 3
for _ in range(3_000):
    outer = ValueError("y" * 1_000)
    outer.__cause__ = odd
    odd = outer
raise odd
