"""Packs the standard library into one file: an index, then compiled modules and data files, one after another.

    pack_library.py OUTPUT EXCLUDED SOURCE[:PREFIX] ...

A source is a folder or a module's file; one given later is laid over those before it. `SOURCE:PREFIX` holds data
files for the package PREFIX.
Run by the same version of Python that will load the code. The index is JSON: name -> [offset, length].
"""

import json
import marshal
import os
import sys

MODULE, PACKAGE = b"\0", b"\1"
# Docstrings and assertions of the library itself are dropped: a third of its size. A plugin's own are kept.
OPTIMIZE = 2


def walk(folder, excluded):
    if os.path.isfile(folder):
        yield os.path.basename(folder), folder
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if each not in excluded)
        for file in sorted(files):
            path = os.path.join(where, file)
            yield os.path.relpath(path, folder).replace(os.sep, "/"), path


def read(path):
    with open(path, "rb") as file:
        return file.read()


def collect(output, excluded, sources):
    entries = {}
    for source in sources:
        folder, _, prefix = source.partition(":")
        for relative, path in walk(folder, excluded):
            if prefix:
                entries[f"resource:{prefix}/{relative}"] = read(path)
            elif relative.endswith(".py") and relative.removesuffix(".py") not in excluded:
                is_package = relative.endswith("/__init__.py")
                name = relative.removesuffix("/__init__.py" if is_package else ".py").replace("/", ".")
                code = compile(read(path), f"/lib/{relative}", "exec", dont_inherit=True, optimize=OPTIMIZE)
                entries[f"module:{name}"] = (PACKAGE if is_package else MODULE) + marshal.dumps(code)
    return entries


def write(output, entries):
    index, blob, seen = {}, bytearray(), {}
    for name, data in sorted(entries.items()):
        if data not in seen:
            seen[data] = len(blob)
            blob += data
        index[name] = [seen[data], len(data)]
    head = json.dumps(index, separators=(",", ":")).encode()
    with open(output, "wb") as file:
        file.write(len(head).to_bytes(4, "little") + head + blob)


if __name__ == "__main__":
    output, excluded, *sources = sys.argv[1:]
    write(output, collect(output, set(excluded.split(",")), sources))
