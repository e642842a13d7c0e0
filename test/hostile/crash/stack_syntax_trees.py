"""Syntax trees made by hand: too deep to compile, of wrong parts, in circles, with lines that are none."""
from platform_sdk import send_output
import ast

send_output("HELD:before")

def attempt(call):
    try:
        call()
    except (RecursionError, MemoryError, ValueError, TypeError, SyntaxError, AttributeError, OverflowError, SystemError):
        pass

for wrap in (lambda x: ast.UnaryOp(ast.Not(), x), lambda x: ast.List([x], ast.Load()), lambda x: ast.Attribute(x, "a", ast.Load()), lambda x: ast.Lambda(ast.arguments([], [], None, [], [], None, []), x), lambda x: ast.Await(x), lambda x: ast.JoinedStr([ast.FormattedValue(x, -1, None)]), lambda x: ast.IfExp(x, x, x)):
    tree = ast.Constant(1)
    for _ in range(20_000 if wrap(tree).__class__ is not ast.IfExp else 9):
        tree = wrap(tree)
    body = ast.Expression(tree)
    attempt(lambda: compile(body, "x", "eval"))
    attempt(lambda: ast.dump(body))
    attempt(lambda: ast.unparse(body))
    attempt(lambda: ast.fix_missing_locations(body))
    del tree, body
circle = ast.List([], ast.Load(), lineno=1, col_offset=0)
circle.elts.append(circle)
attempt(lambda: compile(ast.fix_missing_locations(ast.Expression(circle)), "x", "eval"))
attempt(lambda: compile(ast.Expression(circle), "x", "eval"))
kinds = [cls for cls in vars(ast).values() if isinstance(cls, type) and issubclass(cls, ast.AST)]
for cls in kinds:
    for junk in (None, 1, "x", [], [None], [1], b"x", object(), ast.Load(), ast.Constant(...), {"a": 1}, 2**70):
        def make():
            node = cls()
            for name in (*cls._fields, "lineno", "col_offset", "end_lineno", "end_col_offset"):
                setattr(node, name, junk)
            return node
        for mode, top in (("eval", lambda: ast.Expression(make())), ("exec", lambda: ast.Module([make()], [])), ("exec", lambda: ast.Module([ast.Expr(make(), lineno=junk if isinstance(junk, int) else 1, col_offset=-5, end_lineno=-(2**31), end_col_offset=2**31 - 1)], [])), ("exec", make)):
            attempt(lambda: compile(top(), "x", mode))
