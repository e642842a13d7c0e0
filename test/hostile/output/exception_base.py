"""An exception that is no Exception."""
class Odd(BaseException):
    pass

raise Odd("not an Exception")
