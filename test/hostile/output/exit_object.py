"""SystemExit with an object that has no text."""
class Odd:
    def __str__(self):
        raise SystemExit(0)
    __repr__ = __str__
    def __index__(self):
        return 0

raise SystemExit(Odd())
