"""Writes the C header with the modules that the interpreter needs before it can ask the host for any.

    freeze.py HEADER NAME=FILE ...      (a NAME that ends in / is a package)
"""

import marshal
import sys


# Tracebacks and warnings look through the frames of files with this name, for whatever is imported.
IMPORTING = "<frozen importlib._bootstrap_external>"


def freeze(name, file):
    file_name = IMPORTING if name == "_forge_import" else f"<frozen {name}>"
    with open(file, "rb") as source:
        code = marshal.dumps(compile(source.read(), file_name, "exec", dont_inherit=True, optimize=2))
    symbol = "code_" + name.replace(".", "_")
    return symbol, len(code), f"static const unsigned char {symbol}[] = {{{','.join(map(str, code))}}};\n"


if __name__ == "__main__":
    header, *modules = sys.argv[1:]
    rows = []
    with open(header, "w") as out:
        for each in modules:
            name, file = each.split("=")
            package, name = name.endswith("/"), name.rstrip("/")
            symbol, length, definition = freeze(name, file)
            out.write(definition)
            rows.append(f'{{"{name}", {symbol}, {length}, {int(package)}}},')
        out.write("static const struct _frozen frozen_modules[] = {" + "".join(rows) + "{0, 0, 0, 0}};\n")
