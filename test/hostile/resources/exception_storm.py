"""Each exception is raised while another is handled, a million deep, with a traceback as long."""

def deeper(n):
    try:
        raise ValueError(n)
    except ValueError as error:
        error.add_note("x" * 100)
        raise KeyError(n) from error

last = None
for turn in range(200_000):
    try:
        try:
            raise last or KeyError(0)
        finally:
            deeper(turn)
    except KeyError as error:
        last = error
raise last
