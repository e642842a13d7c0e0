# A little language: lexer, parser, evaluator.
import operator
import re
TOKEN = re.compile(r"\s*(?:(\d+\.?\d*)|([a-z]\w*)|(==|<=|>=|[-+*/^()<>=,;{}]))")
class Parser:
    def __init__(self, text): self.tokens = [m.group().strip() for m in TOKEN.finditer(text)] + ["end"]; self.at = 0
    def take(self, *wanted):
        token = self.tokens[self.at]
        if wanted and token not in wanted: return None
        self.at += 1
        return token
    def need(self, what):
        if not self.take(what): raise SyntaxError(f"{what} wanted, {self.tokens[self.at]} found")
    def block(self):
        body = []
        while self.tokens[self.at] not in ("end", "}"): body.append(self.statement())
        return ("block", body)
    def statement(self):
        if self.take("while"): return ("while", self.expression(), self.braces())
        if self.take("if"): return ("if", self.expression(), self.braces(), self.braces() if self.take("else") else ("block", []))
        if self.take("def"):
            name = self.take(); self.need("("); params = []
            while not self.take(")"): params.append(self.take()); self.take(",")
            return ("def", name, params, self.braces())
        if self.take("return"): value = self.expression(); self.need(";"); return ("return", value)
        left = self.expression()
        if self.take("="): left = ("set", left[1], self.expression())
        self.need(";")
        return left
    def braces(self): self.need("{"); body = self.block(); self.need("}"); return body
    def expression(self, level=0):
        levels = [("==", "<", ">", "<=", ">="), ("+", "-"), ("*", "/"), ("^",)]
        if level == len(levels): return self.atom()
        left = self.expression(level + 1)
        while op := self.take(*levels[level]): left = ("op", op, left, self.expression(level if op == "^" else level + 1))
        return left
    def atom(self):
        token = self.take()
        if token == "(": inner = self.expression(); self.need(")"); return inner
        if token == "-": return ("op", "-", ("num", 0), self.atom())
        if token[0].isdigit(): return ("num", float(token) if "." in token else int(token))
        if self.take("("):
            args = []
            while not self.take(")"): args.append(self.expression()); self.take(",")
            return ("call", token, args)
        return ("var", token)
class Return(Exception): pass
OPS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "^": pow, "==": operator.eq, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}
def run(node, env):
    match node:
        case ("block", body): return [run(s, env) for s in body][-1:]
        case ("num", n): return n
        case ("var", name): return env[name]
        case ("set", name, value): env[name] = run(value, env)
        case ("op", op, a, b): return OPS[op](run(a, env), run(b, env))
        case ("while", test, body):
            while run(test, env): run(body, env)
        case ("if", test, yes, no): run(yes if run(test, env) else no, env)
        case ("def", name, params, body): env[name] = (params, body)
        case ("return", value): raise Return(run(value, env))
        case ("call", "print", args): print(*(run(a, env) for a in args))
        case ("call", name, args):
            params, body = env[name]
            try: run(body, {**env, **dict(zip(params, (run(a, env) for a in args)))})
            except Return as r: return r.args[0]
for source in ("x = 2 ^ 3 ^ 2 - 1; print(x, -x / 3, (1 + 2) * 3 == 9);", "def fact(n) { if n < 2 { return 1; } else { return n * fact(n - 1); } } print(fact(25));", "i = 0; s = 0.5; while i < 10 { i = i + 1; s = s + i / 2; } print(i, s);", "print(y);", "print(1 / 0);", "x = ;", "def f(a, b) { return a - b; } print(f(1, f(2, 3)));"):
    try: run(Parser(source).block(), {})
    except Exception as error: print(type(error).__name__, error)
