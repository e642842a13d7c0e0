import ast
import dis
import io
import keyword
import tokenize
source = '''
@decorator(1)
async def f(a, /, b: int = 2, *args, c, d=3, **kw) -> "str":
    """Doc."""
    async with x as y, z: pass
    if (n := len(a)) > 1: return [i async for i in b if i], {**a}, {k: v for k, v in c}
    try: raise E from None
    except* (A, B) as e: del e[0]
    match p:
        case {"k": [1, *_], **r} | C(x=1): global g; g += 1
    return f"{a!r:>{b}} {c=}", lambda *, q: not -q ** 2 @ r, 1 if a else b < c <= d is not None
type X[T: int, *Ts, **P] = list[T]
class D[T](Base, metaclass=M): x: int = 5; y: str
'''
tree = ast.parse(source)
print(ast.dump(tree))
print(ast.unparse(tree))
print(ast.dump(ast.parse(ast.unparse(tree))) == ast.dump(tree), sum(1 for _ in ast.walk(tree)), ast.get_docstring(tree.body[0]))
class Swap(ast.NodeTransformer):
    def visit_BinOp(self, node): self.generic_visit(node); return ast.BinOp(node.right, node.op, node.left)
    def visit_Constant(self, node): return ast.Constant(node.value + 1) if isinstance(node.value, int) else node
expression = ast.fix_missing_locations(Swap().visit(ast.parse("1 - 2 * 3", mode="eval")))
print(ast.unparse(expression), eval(compile(expression, "e", "eval")))
for text in ("[1, (2, 'x'), {3: None}, {4}, -5, 1+2j, b'b', ...]", "f()", "a", "'a' 'b'", "[1", "1 + 1", "{**a}"):
    try: print(ast.literal_eval(text))
    except (ValueError, SyntaxError) as error: print(type(error).__name__, str(error)[:50])
print([(tokenize.tok_name[t.type], t.string) for t in tokenize.generate_tokens(io.StringIO("if x:\n  y = f'{z!r:>5}' # c\n").readline)])
print(keyword.kwlist, keyword.softkwlist)
def loop(n):
    total = 0
    for i in range(n):
        if i % 2: total += i
    return total
print([i.opname for i in dis.get_instructions(loop)], loop.__code__.co_varnames, loop.__code__.co_stacksize, dis.stack_effect(dis.opmap["POP_TOP"]))
print(eval("a + b", {"a": 1}, {"b": 2}), (exec("c = 3\nd = c", ns := {}), ns["d"])[1], compile("1", "", "eval").co_consts, eval(compile("x := 5", "", "single") and "6"))
