import type { Program } from "../program.js";
import { createChance } from "./chance.js";
import { Expressions } from "./expressions.js";
import { topics } from "./topics.js";

const modules = [
  ...["array", "ast", "asyncio", "base64", "binascii", "bisect", "collections", "contextlib", "copy", "csv"],
  ...[
    "dataclasses",
    "datetime",
    "difflib",
    "enum",
    "fnmatch",
    "functools",
    "hashlib",
    "heapq",
    "html",
    "inspect",
  ],
  ...[
    "io",
    "ipaddress",
    "itertools",
    "json",
    "math",
    "operator",
    "pickle",
    "pprint",
    "random",
    "re",
    "shlex",
  ],
  ...["statistics", "string", "struct", "textwrap", "tokenize", "unicodedata", "urllib.parse"],
  ...["xml.etree.ElementTree", "zlib"],
];

const head = `from decimal import Decimal
from fractions import Fraction

def show(*values):
    for value in values:
        text = repr(value)
        print(text if len(text) < 2000 else (len(text), text[:500], zlib.crc32(text.encode('utf-8', 'surrogatepass'))), end=" ")
    print()

def fail(error):
    print(type(error).__name__, str(error)[:300])
`;

/** A program that prints what its random parts come to. */
export function generateProgram(seed: number): Program {
  const chance = createChance(seed);
  const of = new Expressions(chance);
  const parts = chance.list(2, 5, () => chance.pick(topics)(chance, of).join("\n"));
  const source = `${head}\n${parts.join("\n\n")}\n`;
  // Loading them takes longer than all the rest.
  const used = modules.filter((name) => source.includes(`${name}.`));
  return { name: `seed ${seed}`, source: `import ${used.join(", ")}\n${source}` };
}
