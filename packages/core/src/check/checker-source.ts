/**
 * Looks at a plugin without running it. This is Python, and runs in the sandbox as plugins do: nobody reads Python better
 * than Python, and what it reads may be made to break whoever reads it.
 *
 * It is given a JSON object as its input, and sends one as its output; see `checker.ts` for both. What the SDK's functions
 * take it learns from the SDK itself.
 */
export const checkerSource = String.raw`
import sys
import warnings
from _ast import PyCF_ONLY_AST
from importlib.util import find_spec
from json import dumps, loads
from types import FunctionType, ModuleType

import platform_sdk
from platform_sdk import get_input, send_output

MAX_PROBLEMS = 100
MODEL_CALLS = {"call_ai", "call_ai_async", "embed", "embed_async", "stream_ai", "stream_ai_async"}
MANY_CALLS = {"call_ai_many", "call_ai_many_async"}
TOOLBOXES = {"tools", "tools_async"}
CATCHES_IMPORTS = {"BaseException", "Exception", "ImportError", "ModuleNotFoundError"}
ALWAYS_ALLOWED = ("__future__", "platform_sdk")
SDK_NAMES = sorted(
    name for name in dir(platform_sdk)
    if not name.startswith("_") and not isinstance(vars(platform_sdk).get(name), ModuleType)
)


class Checker:
    def __init__(self, task):
        self.allowed = task["imports"]
        self.tools = task["tools"]
        self.importable = task["importable"]
        self.learned = {}
        self.problems = []
        self.imports = {}
        self.calls = 0
        # What names of the plugin's mean: a name of the SDK, or the SDK itself (None).
        self.meanings = {}
        self.rebound = set()
        source = task["source"]
        self.source = source if isinstance(source, str) else bytes.fromhex(source["hex"])
        self.lines = None

    def check(self):
        try:
            tree = compile(self.source, "plugin", "exec", PyCF_ONLY_AST, dont_inherit=True)
            self.read(tree)
        except SyntaxError as error:
            self.syntax_problem(error)
            return
        except (RecursionError, MemoryError):
            self.add("too_complex", "error", "this is nested too deeply, or too large, to be understood")
            return
        except (ValueError, UnicodeError) as error:
            self.add("syntax", "error", str(error))
            return
        self.compile_whole()

    def compile_whole(self):
        """What only the compiler finds, such as a 'return' outside of a function, and what it warns of."""
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                compile(self.source, "plugin", "exec", dont_inherit=True)
            except SyntaxError as error:
                self.syntax_problem(error)
            except (RecursionError, MemoryError):
                self.add("too_complex", "error", "this is nested too deeply, or too large, to be compiled")
        for warning in caught:
            self.add("syntax", "warning", str(warning.message), (warning.lineno, 1, warning.lineno, 1))

    def read(self, tree):
        nodes = [*self.walk(tree)]
        for node, is_guarded in nodes:
            kind = type(node).__name__
            if kind == "Import":
                self.read_import(node, is_guarded)
            elif kind == "ImportFrom":
                self.read_import_from(node, is_guarded)
            elif kind == "Name" and type(node.ctx).__name__ != "Load":
                self.rebound.add(node.id)
            elif kind in ("FunctionDef", "AsyncFunctionDef", "ClassDef"):
                self.rebound.add(node.name)
            elif kind == "arg":
                self.rebound.add(node.arg)
        for node, _ in nodes:
            kind = type(node).__name__
            if kind == "Call":
                self.read_call(node)
            elif kind == "Attribute":
                self.read_attribute(node)

    def walk(self, tree):
        """Every node, and whether a failing import in it would be caught. No recursion: a plugin may be nested deeply."""
        waiting = [(tree, False)]
        while waiting:
            node, is_guarded = waiting.pop()
            yield node, is_guarded
            body = node.body if type(node).__name__ == "Try" and any(map(catches_imports, node.handlers)) else ()
            below = []
            for field in node._fields:
                value = getattr(node, field, None)
                for child in value if type(value) is list else (value,):
                    if hasattr(child, "_fields"):
                        below.append((child, is_guarded or field == "body" and child in body))
            waiting.extend(reversed(below))

    def read_import(self, node, is_guarded):
        for alias in node.names:
            top = alias.name.partition(".")[0]
            self.read_module(top, alias, is_guarded)
            if top == "platform_sdk":
                self.meanings[alias.asname or top] = None

    def read_import_from(self, node, is_guarded):
        if node.level:
            self.add("import_unknown", "error", "a plugin is one file: there is nothing beside it to import", place(node))
            return
        top = node.module.partition(".")[0]
        self.read_module(top, node, is_guarded)
        if node.module != "platform_sdk":
            return
        for alias in node.names:
            if alias.name == "*":
                self.meanings.update({name: name for name in platform_sdk.__all__})
            elif alias.name in SDK_NAMES:
                self.meanings[alias.asname or alias.name] = alias.name
            else:
                self.no_such_name(alias.name, alias)

    def read_module(self, top, node, is_guarded):
        if top in ALWAYS_ALLOWED or top in self.imports and not self.imports[top]:
            self.imports.setdefault(top, None)
            return
        found = self.look_up(top)
        self.imports[top] = found
        if found:
            code, message = found
            self.add(code, "warning" if is_guarded else "error", message, place(node))

    def look_up(self, top):
        if self.allowed is not None and top not in self.allowed:
            others = ", ".join((*self.allowed, "platform_sdk"))
            return "import_denied", f"this plugin may not import {top!r}, only: {others}"
        if self.can_import(top):
            return None
        if top in sys.stdlib_module_names:
            return "import_absent", f"{top!r} is part of Python, but does not work in this sandbox"
        return "import_unknown", f"there is no module {top!r} here"

    def can_import(self, top):
        if top in sys.modules:
            return True
        try:
            if find_spec(top) is None:
                return False
        except (ImportError, ValueError):
            return False
        if top not in self.importable and top not in self.learned:
            # That it is there does not say that it works here. Asked once, then known to the host.
            try:
                __import__(top)
                self.learned[top] = True
            except BaseException:
                self.learned[top] = False
        return self.learned.get(top, self.importable.get(top))

    def meaning(self, node):
        """The name of the SDK that an expression means, if any."""
        kind = type(node).__name__
        if kind == "Name" and node.id not in self.rebound:
            return self.meanings.get(node.id)
        if kind == "Attribute" and self.is_sdk(node.value):
            return node.attr
        return None

    def is_sdk(self, node):
        if type(node).__name__ != "Name" or node.id in self.rebound:
            return False
        return self.meanings.get(node.id, "") is None

    def read_attribute(self, node):
        if self.is_sdk(node.value) and node.attr not in SDK_NAMES and not node.attr.startswith("__"):
            self.no_such_name(node.attr, node)
        elif self.meaning(node.value) in TOOLBOXES and not node.attr.startswith("__"):
            if node.attr not in self.tools:
                offered = ", ".join(self.tools) or "none"
                self.add("sdk_name", "error", f"there is no tool {node.attr!r} here; there are: {offered}", place(node))

    def read_call(self, node):
        function = node.func
        if type(function).__name__ == "Attribute" and self.meaning(function.value) in TOOLBOXES:
            tool = self.tools.get(function.attr)
            if tool is not None:
                self.compare(node, function.attr, 0, tool["names"], tool["required"])
            return
        name = self.meaning(function)
        if name in MODEL_CALLS:
            self.calls += 1
        elif name in MANY_CALLS:
            self.calls += how_many(node)
        if name in SDK_NAMES:
            self.compare_with(node, name, getattr(platform_sdk, name))

    def compare_with(self, node, name, function):
        if type(function) is not FunctionType:
            return
        code = function.__code__
        if code.co_flags & 0x0C:
            return
        positional = code.co_varnames[: code.co_argcount]
        by_name = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        optional = len(function.__defaults__ or ())
        required = [*positional[: len(positional) - optional]]
        required += [each for each in by_name[code.co_argcount :] if each not in (function.__kwdefaults__ or {})]
        self.compare(node, name, code.co_argcount, [*by_name], required)

    def compare(self, node, name, most, names, required):
        """'names' is None where any will do; the first 'most' of them can be given by place."""
        here = place(node)
        given = {keyword.arg for keyword in node.keywords}
        is_open = None in given or any(type(each).__name__ == "Starred" for each in node.args)
        for each in node.keywords:
            if each.arg is not None and names is not None and each.arg not in names:
                taken = ", ".join(names) or "none"
                self.add("sdk_arguments", "error", f"{name}() takes no argument {each.arg!r}; it takes: {taken}", place(each))
        if is_open:
            return
        if len(node.args) > most:
            by_place = ", ".join((names or ())[:most])
            how = f"takes only {by_place} by place" if most else "takes arguments by name only"
            self.add("sdk_arguments", "error", f"{name}() {how if names != [] else 'takes no arguments'}", here)
            return
        # Those that are required come first, so the ones that are given by place are the first of them.
        missing = [each for each in required[len(node.args) :] if each not in given]
        if missing:
            self.add("sdk_arguments", "error", f"{name}() lacks {', '.join(map(repr, missing))}", here)

    def no_such_name(self, name, node):
        self.add("sdk_name", "error", f"platform_sdk has no {name!r}; it has: {', '.join(SDK_NAMES)}", place(node))

    def syntax_problem(self, error):
        line = error.lineno if type(error.lineno) is int and error.lineno > 0 else 1
        column = error.offset if type(error.offset) is int and error.offset > 0 else 1
        end_line = error.end_lineno if type(error.end_lineno) is int and error.end_lineno >= line else line
        end = error.end_offset if type(error.end_offset) is int and error.end_offset > 0 else column
        self.problems.append(
            {
                "code": "syntax",
                "severity": "error",
                "message": str(error.msg)[:1000],
                "line": line,
                "column": self.units(line, column - 1),
                "endLine": end_line,
                "endColumn": self.units(end_line, end - 1),
            }
        )

    def add(self, code, severity, message, where=(1, 1, 1, 1)):
        if len(self.problems) < MAX_PROBLEMS:
            line, column, end_line, end_column = where
            if column < 0:
                column, end_column = self.units_of_bytes(line, ~column), self.units_of_bytes(end_line, ~end_column)
            self.problems.append(
                {
                    "code": code,
                    "severity": severity,
                    "message": message[:1000],
                    "line": line,
                    "column": column,
                    "endLine": end_line,
                    "endColumn": end_column,
                }
            )

    def line(self, number):
        if self.lines is None:
            source = self.source
            if isinstance(source, bytes):
                from importlib.util import decode_source

                try:
                    source = decode_source(source)
                except Exception:
                    source = source.decode("utf-8", "replace")
            # As Python counts lines; splitlines would count others, too.
            self.lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def units(self, line, characters):
        """A column for editors: UTF-16 units, from 1."""
        text = self.line(line)[:characters]
        return 1 + (characters if len(text) < characters else len(text)) + sum(each > "\uffff" for each in text)

    def units_of_bytes(self, line, offset):
        text = self.line(line)
        if not text.isascii():
            text = text.encode("utf-8", "replace")[:offset].decode("utf-8", "replace")
            return 1 + len(text) + sum(each > "\uffff" for each in text)
        return 1 + offset

    def report(self):
        return {
            "problems": self.problems,
            "imports": sorted(self.imports),
            "calls": max(1, self.calls),
            "importable": self.learned,
        }


def place(node):
    """Columns are offsets in bytes here, which the complement marks; they become columns when a problem is added."""
    end_line = node.end_lineno or node.lineno
    end = node.end_col_offset if node.end_col_offset is not None else node.col_offset
    return node.lineno, ~node.col_offset, end_line, ~end


def catches_imports(handler):
    caught = handler.type
    if caught is None:
        return True
    each = caught.elts if type(caught).__name__ == "Tuple" else [caught]
    return any(getattr(kind, "id", None) in CATCHES_IMPORTS for kind in each)


def how_many(node):
    """Of a list that is written out its length, of everything else one."""
    first = node.args[0] if node.args else None
    if type(first).__name__ in ("List", "Tuple") and not any(type(each).__name__ == "Starred" for each in first.elts):
        return len(first.elts)
    return 1


# The parser warns as well as the compiler; once is enough.
warnings.simplefilter("ignore")
checker = Checker(loads(get_input()))
checker.check()
send_output(dumps(checker.report()))
`;
