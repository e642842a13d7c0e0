"""A SyntaxError whose fields are nonsense of every type."""
class Text(str):
    def __format__(self, spec):
        raise SystemExit(0)
    def __len__(self):
        return -1

error = SyntaxError("nonsense")
error.filename, error.lineno, error.offset = ["no", "name"], -(10**30), "offset"
error.text, error.end_lineno, error.end_offset, error.msg = Text("line"), object(), 10**30, b"\xff"
raise error
