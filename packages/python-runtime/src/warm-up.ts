/**
 * Makes an engine compile what most plugins use, before anybody waits for it: for seats that are kept ready.
 *
 * It runs a small plugin of its own again and again, since engines optimise a function between calls, not during one.
 */
import type { Instance } from "./port.js";

export async function warmUp(instance: Instance, milliseconds = 250): Promise<void> {
  const end = performance.now() + milliseconds;
  do {
    await instance.run({ source: exercises, fileName: "warm-up.py", input: "", maxPrintBytes: 1000 });
    await instance.reset();
  } while (performance.now() < end);
}

const exercises = `
import json, re

class Pair:
    __slots__ = ("left", "right")
    def __init__(self, left, right):
        self.left = left
        self.right = right
    def swapped(self):
        return Pair(self.right, self.left)

def triangle(n):
    return 0 if n == 0 else n + triangle(n - 1)

record = {"name": "é", "list": [1, 2.5, None, True, {"deep": "x" * 20}]}
for _ in range(3):
    json.loads(json.dumps([record] * 5))
    re.findall(r"(\\w+)@(\\w+)|\\d+-\\d+", "mail a@b or 12-34 now " * 10)
    sorted(((i * 7919) % 101) / 3 for i in range(100))
    sorted(str((i * 31) % 97) for i in range(60))
    counts = {}
    for word in "a b c a b a".split() * 15:
        counts[word] = counts.get(word, 0) + 1
    ",".join(str(i) for i in range(100)).replace("9", "x").count("1")
    pair, value = Pair(1, 2), 0.5
    for i in range(150):
        pair = pair.swapped()
        value = value * 1.5 % 1.0 + (i & 3)
    triangle(40)
`;
