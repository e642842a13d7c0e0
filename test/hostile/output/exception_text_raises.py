"""An exception that has no text, no name and no arguments to show."""
class Meta(type):
    @property
    def __name__(cls):
        raise SystemExit(0)
    def __getattribute__(cls, name):
        raise MemoryError
    def __instancecheck__(cls, other):
        raise SystemExit(0)

class Odd(Exception, metaclass=Meta):
    def __str__(self):
        raise SystemExit(0)
    __repr__ = __str__
    @property
    def args(self):
        raise KeyboardInterrupt
    @property
    def __notes__(self):
        raise SystemExit(0)
    @property
    def __traceback__(self):
        raise SystemExit(0)

raise Odd
